import type { HistoryPoint } from "#contract/requests";
import { historyKeys, lineStates, type LineState } from "./event-scanner";

/** Newest cycles a chart can show. */
const historyCycles = 65_536;
const width = historyKeys.length;
const stateNames = ["unknown", "healthy", "degraded", "failing"] as const;
/** Order of badness within a bucket: an unknown state is worse than a healthy one, better than a bad one. */
const badness = [1, 0, 2, 3] as const;

/** Figures of the newest valid cycles of a log, for charts: a ring that grows up to `maximum` cycles. */
export class CycleHistory {
  readonly #maximum: number;
  #capacity = 256;
  #cycles = 0;
  #figures = new Float64Array(256 * width);
  #timestamps = new Float64Array(256);
  #states = new Uint8Array(256);

  constructor(maximum = historyCycles) {
    this.#maximum = Math.max(256, maximum);
  }

  push(timestampUnixMs: number, state: LineState, figures: Float64Array): void {
    if (this.#cycles === this.#capacity && this.#capacity < this.#maximum) this.#grow();
    const slot = this.#cycles % this.#capacity;
    this.#timestamps[slot] = timestampUnixMs;
    this.#states[slot] = state;
    for (let column = 0; column < width; column += 1)
      this.#figures[slot * width + column] = figures[column] ?? 0;
    this.#cycles += 1;
  }

  /** The newest cycles, oldest first, in at most `maximumPoints` buckets of equal size. */
  points(maximumPoints: number): HistoryPoint[] {
    const held = Math.min(this.#cycles, this.#capacity);
    const size = Math.max(1, Math.ceil(held / maximumPoints));
    const first = this.#cycles - held;
    const points: HistoryPoint[] = [];
    for (let from = first; from < this.#cycles; from += size)
      points.push(this.#bucket(from, Math.min(from + size, this.#cycles)));
    return points;
  }

  #bucket(from: number, to: number): HistoryPoint {
    const highest = new Float64Array(width);
    let earliest = Number.POSITIVE_INFINITY;
    let latest = 0;
    let worst: number = lineStates.healthy;
    for (let cycle = from; cycle < to; cycle += 1) {
      const slot = cycle % this.#capacity;
      const timestamp = this.#timestamps[slot] ?? 0;
      earliest = Math.min(earliest, timestamp);
      latest = Math.max(latest, timestamp);
      const state = this.#states[slot] ?? lineStates.other;
      if ((badness[state] ?? 1) > (badness[worst] ?? 0)) worst = state;
      for (let column = 0; column < width; column += 1)
        highest[column] = Math.max(highest[column] ?? 0, this.#figures[slot * width + column] ?? 0);
    }
    const figure = (key: (typeof historyKeys)[number]): number => highest[historyKeys.indexOf(key)] ?? 0;
    return {
      fromUnixMs: earliest,
      toUnixMs: latest,
      cycles: to - from,
      healthState: stateNames[worst] ?? "unknown",
      failureStreak: figure("failure_streak"),
      applied: figure("applied_cases"),
      malformed: figure("malformed_cases"),
      failed: figure("failed_cases"),
      duplicates: figure("duplicate_skips"),
      backlog: figure("backlog_cases"),
      retries: figure("retry_attempts"),
    };
  }

  #grow(): void {
    this.#capacity = Math.min(this.#maximum, this.#capacity * 2);
    const figures = new Float64Array(this.#capacity * width);
    figures.set(this.#figures);
    this.#figures = figures;
    const timestamps = new Float64Array(this.#capacity);
    timestamps.set(this.#timestamps);
    this.#timestamps = timestamps;
    const states = new Uint8Array(this.#capacity);
    states.set(this.#states);
    this.#states = states;
  }
}
