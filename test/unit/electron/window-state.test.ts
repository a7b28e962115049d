import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { minimumSize, parseWindowState, placeWindow } from "../../../main/electron/window-state";

const screen = { x: 0, y: 0, width: 1_920, height: 1_080 };

describe("remembered window", () => {
  it("is read back as it was written", () => {
    const state = { x: 10, y: 20, width: 1_000, height: 700, maximized: true, background: "#101820" };
    expect(parseWindowState(JSON.stringify(state), false)).toEqual(state);
  });

  it.each([null, "", "{", "[]", "null", "7", '{"x":"left","width":-5,"height":1e99,"background":"red"}'])(
    "falls back to defaults for %j",
    (text) => {
      const state = parseWindowState(text, true);
      expect(state).toMatchObject({ x: null, y: null, maximized: false, background: "#0e1116" });
      expect(state.width).toBeGreaterThanOrEqual(minimumSize.width);
      expect(parseWindowState(text, false).background).toBe("#f6f7f9");
    },
  );

  it("never fails, and never gives a window without a size", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), fc.boolean(), (text, dark) => {
        const { width, height, background } = parseWindowState(text, dark);
        expect(width >= minimumSize.width && height >= minimumSize.height).toBe(true);
        expect(background).toMatch(/^#[0-9a-f]{6}$/);
      }),
      { numRuns: 500 },
    );
  });

  it("opens where it was while that is on a screen, and in the middle otherwise", () => {
    const state = parseWindowState('{"x":2000,"y":50,"width":1000,"height":700}', false);
    const second = { x: 1_920, y: 0, width: 1_280, height: 1_024 };
    expect(placeWindow(state, [screen, second])).toEqual({ x: 2_000, y: 50, width: 1_000, height: 700 });
    expect(placeWindow(state, [screen])).toEqual({ width: 1_000, height: 700 });
    expect(placeWindow(state, [{ x: 0, y: 0, width: 900, height: 600 }])).toEqual({
      width: 900,
      height: 600,
    });
    expect(placeWindow(state, [])).toEqual({ width: 1_000, height: 700 });
  });
});
