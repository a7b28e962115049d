import { describe, expect, it } from "vitest";
import { workspaceArgument } from "../../../main/electron/arguments";

describe("arguments of the window", () => {
  it.each([
    [["--workspace", "/w"], "/w"],
    [["--workspace=/w"], "/w"],
    [["--user-data-dir=/p", "--no-sandbox", "/app/out/main/index.js", "--workspace", "/w w"], "/w w"],
    [["--inspect=0", "out/main/index.js"], null],
    [["--workspace"], null],
    [["--workspace="], null],
    [[], null],
  ])("%j open %j", (argv, workspace) => {
    expect(workspaceArgument(argv)).toBe(workspace);
  });
});
