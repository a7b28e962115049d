import type { EventPayload } from "#contract/events";
import type { ProgressEntry } from "#contract/tos/progress";

/** Entries of one announcement, so that no single event holds up the others. */
const entriesPerEvent = 200;

/** Collects what runs report until it is announced, in order and run by run. */
export class TosProgressBuffer {
  readonly #waiting = new Map<string, ProgressEntry[]>();

  add(runId: string, entries: readonly ProgressEntry[]): void {
    const waiting = this.#waiting.get(runId);
    if (waiting) waiting.push(...entries);
    else this.#waiting.set(runId, [...entries]);
  }

  /** What waits, as payloads; nothing waits afterwards. */
  take(): EventPayload<"tos.progressed">[] {
    const payloads = [...this.#waiting].flatMap(([runId, entries]) =>
      Array.from({ length: Math.ceil(entries.length / entriesPerEvent) }, (_, part) => ({
        runId,
        entries: entries.slice(part * entriesPerEvent, (part + 1) * entriesPerEvent),
      })),
    );
    this.#waiting.clear();
    return payloads;
  }
}
