import { tmpdir } from "node:os";
import { dirname, basename } from "node:path";
import { describe, expect, it } from "vitest";
import { parseStartArguments } from "../../../resources/setup/arguments.mjs";

const folder = tmpdir();

describe("parseStartArguments", () => {
  it("opens the demo workspace in a window when nothing is said", () => {
    expect(parseStartArguments([], folder)).toEqual({
      workspace: undefined,
      rehearsal: false,
      serve: false,
      port: undefined,
      help: false,
    });
  });

  it("resolves the workspace where the operator typed it", () => {
    const parsed = parseStartArguments(["--workspace", basename(folder)], dirname(folder));
    expect(parsed.workspace).toBe(folder);
  });

  it("takes --serve and --port", () => {
    expect(parseStartArguments(["--serve", "--port=8080"], folder)).toMatchObject({
      serve: true,
      port: 8080,
    });
  });

  it("opens the rehearsal workspace when asked", () => {
    expect(parseStartArguments(["--rehearsal"], folder)).toMatchObject({
      workspace: undefined,
      rehearsal: true,
    });
  });

  it.each([
    [["--rehearsal", "--workspace", "."], /--workspace and --rehearsal/],
    [["--workspace", "no-such-folder"], /--workspace no-such-folder: there is no folder/],
    [["--workspace", ""], /there is no folder/],
    [["--port", "70000"], /--port 70000: not a port/],
    [["--port", "1e3"], /--port 1e3: not a port/],
    [["--worksapce", "x"], /--worksapce/],
    [["checkout"], /checkout/],
  ])("refuses %j with the argument's name", (argv, message) => {
    expect(() => parseStartArguments(argv, folder)).toThrow(message);
  });
});
