import type { OutputLine, RunView } from "#contract/driver";
import { BridgeError } from "#contract/envelope";
import type { SurfaceId } from "#contract/identity";
import type { Clock } from "#domain/clock";
import type { RunEnding } from "./run-end";
import { RunRecord } from "./run-record";

/** Runs whose output stays readable. */
const rememberedRuns = 8;

/** The runs of one surface since the console was started: at most one under way, the newest few with their output. */
export class RunBook {
  readonly #surface: SurfaceId;
  readonly #clock: Clock;
  /** Newest last; the one under way included. */
  readonly #records: RunRecord[] = [];
  #current: RunRecord | null = null;
  #last: RunView | null = null;
  #runs = 0;
  #failedRuns = 0;

  constructor(surface: SurfaceId, clock: Clock) {
    this.#surface = surface;
    this.#clock = clock;
  }

  get current(): RunRecord | null {
    return this.#current;
  }

  get figures(): { current: RunView | null; last: RunView | null; runs: number; failedRuns: number } {
    return {
      current: this.#current?.view ?? null,
      last: this.#last,
      runs: this.#runs,
      failedRuns: this.#failedRuns,
    };
  }

  /** Opens the entry of a run. Throws a `BridgeError` (`conflict`) while another is under way. */
  open(trigger: RunView["trigger"], fixture: string | null): RunRecord {
    if (this.#current !== null)
      throw new BridgeError(
        "conflict",
        `A run of ${this.#surface} is under way (${this.#current.view.runId}); wait for its end or cancel it.`,
      );
    const startedUnixMs = this.#clock.nowUnixMs();
    const runId = `${this.#surface}-${startedUnixMs}-${this.#runs + 1}`;
    const record = new RunRecord(
      { runId, surface: this.#surface, trigger, startedUnixMs, fixture },
      this.#clock.monotonicMs(),
    );
    this.#current = record;
    this.#records.push(record);
    return record;
  }

  /** Takes back a run of which nothing was begun. */
  abandon(record: RunRecord): void {
    this.#records.splice(this.#records.indexOf(record), 1);
    this.#current = null;
    record.settle();
  }

  close(record: RunRecord, ending: RunEnding): void {
    record.finish(ending, this.#clock.nowUnixMs(), this.#clock.monotonicMs());
    this.#runs++;
    if (ending.outcome !== "succeeded" && ending.outcome !== "cancelled") this.#failedRuns++;
    this.#last = record.view;
    this.#current = null;
    this.#records.splice(0, this.#records.length - rememberedRuns);
  }

  /** Kept lines of a run after a number. Throws a `BridgeError` (`not_found`) for a run that is not remembered. */
  output(runId: string, afterNumber: number): readonly OutputLine[] {
    const record = this.#records.find((each) => each.view.runId === runId);
    if (record === undefined)
      throw new BridgeError(
        "not_found",
        `The output of run ${runId} is not kept: only the newest ${rememberedRuns} are.`,
      );
    return record.program?.output.after(afterNumber) ?? [];
  }
}
