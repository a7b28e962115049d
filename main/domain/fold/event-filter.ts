import type { EventFilter } from "#contract/requests";
import type { EventIndex } from "./event-index";
import { lineStates } from "./event-scanner";
import { unindexedSet, type ReasonCodeSets } from "./reason-code-sets";

const stateNumbers = {
  healthy: lineStates.healthy,
  degraded: lineStates.degraded,
  failing: lineStates.failing,
  invalid: lineStates.invalid,
} as const;

/** Whether a filter lets every line through. */
export function isUnrestricted(filter: EventFilter): boolean {
  return (
    filter.codes.length === 0 &&
    filter.states.length === 0 &&
    filter.fromUnixMs === null &&
    filter.toUnixMs === null
  );
}

/**
 * Line numbers that match one filter, oldest first, kept up to date at the cost of the new lines. Codes and states
 * combine with "any of" among themselves and "and" with each other. An invalid line has no time of its own and counts
 * as old as the record before it.
 */
export class MatchList {
  readonly #filter: EventFilter;
  readonly #codes: ReadonlySet<string>;
  readonly #states: ReadonlySet<number>;
  readonly #matchesSet: boolean[] = [];
  #lines = new Uint32Array(1_024);
  #count = 0;
  #scannedTo = 0;

  constructor(filter: EventFilter) {
    this.#filter = filter;
    this.#codes = new Set(filter.codes);
    this.#states = new Set(filter.states.map((state) => stateNumbers[state]));
  }

  /** Takes in lines that came since, and drops those that can no longer be browsed. */
  update(index: EventIndex, sets: ReasonCodeSets): void {
    this.#drop(index.firstLine);
    for (let id = this.#matchesSet.length; id < sets.size; id += 1)
      this.#matchesSet[id] = sets.at(id)?.counted.some((code) => this.#codes.has(code)) ?? false;
    const { fromUnixMs, toUnixMs } = this.#filter;
    index.scan(this.#scannedTo + 1, index.lines, (line, timestamp, state, codeSet) => {
      if (state === lineStates.blank) return;
      if (this.#states.size > 0 && !this.#states.has(state)) return;
      if (this.#codes.size > 0 && (codeSet === unindexedSet || this.#matchesSet[codeSet] !== true)) return;
      if (fromUnixMs !== null && timestamp < fromUnixMs) return;
      if (toUnixMs !== null && timestamp > toUnixMs) return;
      this.#push(line);
    });
    this.#scannedTo = index.lines;
  }

  get matching(): number {
    return this.#count;
  }

  /** A window of the matches, newest first. */
  window(offset: number, limit: number): number[] {
    const lines: number[] = [];
    for (let at = this.#count - 1 - offset; at >= 0 && lines.length < limit; at -= 1)
      lines.push(this.#lines[at] ?? 0);
    return lines;
  }

  #push(line: number): void {
    if (this.#count === this.#lines.length) {
      const longer = new Uint32Array(this.#lines.length * 2);
      longer.set(this.#lines);
      this.#lines = longer;
    }
    this.#lines[this.#count] = line;
    this.#count += 1;
  }

  #drop(firstLine: number): void {
    let dropped = 0;
    while (dropped < this.#count && (this.#lines[dropped] ?? 0) < firstLine) dropped += 1;
    if (dropped === 0) return;
    this.#lines.copyWithin(0, dropped, this.#count);
    this.#count -= dropped;
  }
}
