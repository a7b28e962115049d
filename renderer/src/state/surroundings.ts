import type { Surroundings } from "./synchronise";

/** Longest time a change waits to be drawn when the browser draws no frames for this window. */
const hiddenFrameMs = 100;

/** The browser's clocks and frames. */
export const browserSurroundings: Surroundings = {
  nowMs: () => Date.now(),
  onNextFrame(callback) {
    let called = false;
    const once = (): void => {
      if (called) return;
      called = true;
      cancelAnimationFrame(frame);
      clearTimeout(timer);
      callback();
    };
    const frame = requestAnimationFrame(once);
    const timer = setTimeout(once, hiddenFrameMs);
  },
  after(milliseconds, callback) {
    const timer = setTimeout(callback, milliseconds);
    return () => clearTimeout(timer);
  },
};
