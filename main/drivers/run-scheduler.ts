import type { Clock } from "#domain/clock";
import { untilNextRunMs } from "#domain/schedule";

/** Waits for the next run of one driver; what is due when is decided in `main/domain/schedule.ts`. */
export class RunScheduler {
  readonly #clock: Clock;
  readonly #position: number;
  readonly #onDue: () => void;
  #begunMs: number | null = null;
  #lastRun: { startedMs: number; finishedMs: number } | null = null;
  #startFailures = 0;
  #timer: NodeJS.Timeout | undefined;
  #dueUnixMs: number | null = null;

  constructor(clock: Clock, position: number, onDue: () => void) {
    this.#clock = clock;
    this.#position = position;
    this.#onDue = onDue;
  }

  get begun(): boolean {
    return this.#begunMs !== null;
  }

  /** Wall clock of the next run; null while nothing is planned. */
  get dueUnixMs(): number | null {
    return this.#dueUnixMs;
  }

  begin(): void {
    this.#begunMs = this.#clock.monotonicMs();
    this.#lastRun = null;
    this.#startFailures = 0;
  }

  end(): void {
    this.#begunMs = null;
    this.hold();
  }

  /** Forgets the planned run, for as long as one is under way. */
  hold(): void {
    clearTimeout(this.#timer);
    this.#dueUnixMs = null;
  }

  ran(startedMs: number, couldStart: boolean): void {
    this.#lastRun = { startedMs, finishedMs: this.#clock.monotonicMs() };
    this.#startFailures = couldStart ? 0 : this.#startFailures + 1;
  }

  /** Plans the next run when the schedule is begun. */
  plan(intervalMs: number): void {
    this.hold();
    if (this.#begunMs === null) return;
    const delay = untilNextRunMs({
      nowMs: this.#clock.monotonicMs(),
      intervalMs,
      begunMs: this.#begunMs,
      position: this.#position,
      lastRun: this.#lastRun,
      startFailures: this.#startFailures,
    });
    this.#dueUnixMs = Math.round(this.#clock.nowUnixMs() + delay);
    this.#timer = setTimeout(this.#onDue, delay);
  }
}
