import type { OutputLine } from "#contract/driver";
import type { EventPayload } from "#contract/events";
import type { SurfaceId } from "#contract/identity";

const linesPerEvent = 500;
const maximumPendingLines = 2_000;

interface Pending {
  readonly runId: string;
  lines: OutputLine[];
}

/**
 * Output that waits to be announced, per surface. A run that floods keeps only its newest lines here: lines carry their
 * number, so a client sees the gap and asks `driver.output` for what it wants of it.
 */
export class RunOutputBuffer {
  readonly #pending = new Map<SurfaceId, Pending[]>();

  add(surface: SurfaceId, runId: string, lines: readonly OutputLine[]): void {
    const runs = this.#pending.get(surface) ?? [];
    this.#pending.set(surface, runs);
    let pending = runs.at(-1);
    if (pending?.runId !== runId) {
      pending = { runId, lines: [] };
      runs.push(pending);
    }
    pending.lines = pending.lines.concat(lines.slice(-maximumPendingLines)).slice(-maximumPendingLines);
  }

  /** Removes and returns what waits for one surface, in events of bounded size. */
  take(surface: SurfaceId): EventPayload<"run.output">[] {
    const runs = this.#pending.get(surface) ?? [];
    this.#pending.delete(surface);
    return runs.flatMap(({ runId, lines }) => {
      const payloads: EventPayload<"run.output">[] = [];
      for (let start = 0; start < lines.length; start += linesPerEvent)
        payloads.push({ surface, runId, lines: lines.slice(start, start + linesPerEvent) });
      return payloads;
    });
  }
}
