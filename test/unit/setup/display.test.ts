import { describe, expect, it } from "vitest";
import { hasDisplay, sandboxState } from "../../../resources/setup/display.mjs";

describe("hasDisplay", () => {
  it.each([
    ["linux", {}, false],
    ["linux", { DISPLAY: "" }, false],
    ["linux", { DISPLAY: ":0" }, true],
    ["linux", { WAYLAND_DISPLAY: "wayland-0" }, true],
    ["darwin", {}, true],
    ["win32", {}, true],
  ] as const)("on %s with %j: %s", (platform, env, expected) => {
    expect(hasDisplay(env, platform)).toBe(expected);
  });
});

describe("sandboxState", () => {
  const ready = { uid: 0, mode: 0o104755 };
  it.each([
    [{ userId: 0, helper: ready, namespaces: true }, "off for root"],
    [{ userId: 1000, helper: undefined, namespaces: true }, "on"],
    [{ userId: 1000, helper: ready, namespaces: false }, "on"],
    [{ userId: 1000, helper: undefined, namespaces: false }, "unavailable"],
    [{ userId: 1000, helper: { uid: 0, mode: 0o100755 }, namespaces: false }, "unavailable"],
    [{ userId: 1000, helper: { uid: 1000, mode: 0o104755 }, namespaces: false }, "unavailable"],
  ] as const)("for %j is %s", (facts, expected) => {
    expect(sandboxState(facts)).toBe(expected);
  });
});
