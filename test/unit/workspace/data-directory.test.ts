import { describe, expect, it } from "vitest";
import { dataDirectory } from "../../../main/workspace/data-directory";

const at = (environment: Record<string, string>, platform: NodeJS.Platform = "linux") =>
  dataDirectory({ environment, platform, homeDirectory: "/home/ops" });

describe("the user's data directory", () => {
  it("follows the override, then the platform", () => {
    expect(at({ GATEHOUSE_DATA_DIR: "/srv/data", XDG_DATA_HOME: "/xdg" })).toBe("/srv/data");
    expect(at({ XDG_DATA_HOME: "/xdg" })).toBe("/xdg/gatehouse");
    expect(at({ XDG_DATA_HOME: "relative" })).toBe("/home/ops/.local/share/gatehouse");
    expect(at({ XDG_DATA_HOME: "" })).toBe("/home/ops/.local/share/gatehouse");
    expect(at({}, "darwin")).toBe("/home/ops/Library/Application Support/gatehouse");
    expect(at({ LOCALAPPDATA: "/local" }, "win32")).toBe("/local/gatehouse");
  });

  it("refuses an override that is not an absolute path", () => {
    expect(() => at({ GATEHOUSE_DATA_DIR: "data" })).toThrow(
      expect.objectContaining({ code: "invalid_request" }),
    );
  });
});
