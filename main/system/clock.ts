import type { Clock } from "#domain/clock";

/** The machine's clocks. */
export const systemClock: Clock = {
  nowUnixMs: () => Date.now(),
  monotonicMs: () => performance.now(),
};
