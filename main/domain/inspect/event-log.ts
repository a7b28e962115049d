import { countedCodes } from "../fold/reason-code-sets";
import { readEventLine } from "../fold/event-line";
import { compareBytes } from "../text";

/** What an event log says as a whole (spec/tau/health.md §4, event-log fold). */
export interface EventLogSummary {
  readonly present: boolean;
  readonly cycleReports: number;
  readonly invalidCycleReports: number;
  readonly lastReasonCodes: readonly string[];
  readonly lastHealthReason: string;
  /** Occurrences per code, one per cycle that reports it, keys in byte order. */
  readonly reasonCodeCounts: ReadonlyMap<string, number>;
}

/** Running fold of an event log's lines: feed every line in order, then take the summary. */
export class EventLogTally {
  #cycles = 0;
  #invalid = 0;
  #codes: readonly string[] = [];
  #reason = "";
  readonly #counts = new Map<string, number>();

  line(text: string): void {
    const line = readEventLine(text);
    if (line.kind === "blank") return;
    if (line.kind === "invalid") {
      this.#invalid += 1;
      return;
    }
    this.#cycles += 1;
    this.#codes = line.reasonCodes;
    this.#reason = line.healthReason;
    for (const code of countedCodes(line.reasonCodes))
      this.#counts.set(code, (this.#counts.get(code) ?? 0) + 1);
  }

  summary(present: boolean): EventLogSummary {
    return {
      present,
      cycleReports: this.#cycles,
      invalidCycleReports: this.#invalid,
      lastReasonCodes: this.#codes,
      lastHealthReason: this.#reason,
      reasonCodeCounts: new Map([...this.#counts].toSorted(([left], [right]) => compareBytes(left, right))),
    };
  }
}
