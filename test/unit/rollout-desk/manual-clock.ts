import type { Clock } from "#domain/clock";
import { vi } from "vitest";

/** A machine whose two clocks a test moves: timers run on the monotonic one, as they do in Node. */
export class ManualClock implements Clock {
  #unixMs = Date.UTC(2026, 1, 13, 15);
  #monotonicMs = 1_000;

  nowUnixMs = (): number => this.#unixMs;
  monotonicMs = (): number => this.#monotonicMs;

  /** Time passes, timers fire when they are due. */
  async pass(ms: number): Promise<void> {
    for (let left = ms; left > 0;) {
      const step = Math.min(left, 50);
      left -= step;
      this.#unixMs += step;
      this.#monotonicMs += step;
      await vi.advanceTimersByTimeAsync(step);
    }
  }

  /** The machine stands still: both clocks go on, no timer fires until it wakes. */
  sleep(ms: number): void {
    this.#unixMs += ms;
    this.#monotonicMs += ms;
  }

  /** Somebody sets the wall clock. */
  jump(ms: number): void {
    this.#unixMs += ms;
  }
}
