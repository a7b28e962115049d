import type { Clock } from "#domain/clock";

/** Longest that a timer of the platform can wait, in milliseconds. */
const longestTimerMs = 2_147_483_647;

/**
 * When the next check is due, on the monotonic clock. A timer that fires late (a machine that slept) is a late check and
 * nothing else; one that fires early waits for the rest.
 */
export class CheckSchedule {
  readonly #clock: Clock;
  readonly #take: () => void;
  #dueMonotonicMs: number | null = null;
  #timer: NodeJS.Timeout | undefined;

  constructor(clock: Clock, take: () => void) {
    this.#clock = clock;
    this.#take = take;
  }

  /** When the next check is due, on the wall clock as it is now; null when none is planned. */
  get nextUnixMs(): number | null {
    if (this.#dueMonotonicMs === null) return null;
    const inMs = Math.max(0, this.#dueMonotonicMs - this.#clock.monotonicMs());
    return Math.max(0, Math.floor(this.#clock.nowUnixMs() + inMs));
  }

  /** Plans the next check; what was planned before is called off. */
  plan(delayMs: number): void {
    this.stop();
    this.#dueMonotonicMs = this.#clock.monotonicMs() + delayMs;
    this.#arm();
  }

  /** Makes a check that is planned due now. */
  hasten(): void {
    if (this.#dueMonotonicMs !== null) this.plan(0);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#dueMonotonicMs = null;
  }

  #arm(): void {
    const remainingMs = (this.#dueMonotonicMs ?? 0) - this.#clock.monotonicMs();
    this.#timer = setTimeout(
      () => {
        if ((this.#dueMonotonicMs ?? Infinity) > this.#clock.monotonicMs()) this.#arm();
        else {
          this.#dueMonotonicMs = null;
          this.#take();
        }
      },
      Math.min(longestTimerMs, Math.max(0, Math.ceil(remainingMs))),
    );
    this.#timer.unref();
  }
}
