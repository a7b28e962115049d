import { setTimeout as wait } from "node:timers/promises";
import type { RolloutSummary } from "#contract/rollout/view";
import type { Clock } from "#domain/clock";
import { summaryOf } from "#domain/rollout/summary";
import type { RolloutHistory, RolloutJournal } from "../journal/journal-types";

/** Time after opening until the history is read ahead: the first check and the first page come before it. */
const readAheadAfterMs = 1_500;
/** How old what is kept may be before the disk is looked at again behind an answer, in milliseconds. */
const lookAgainAfterMs = 10_000;
/** Longest that closing waits for a reading under way, in milliseconds. */
const closePatienceMs = 1_000;

export interface KeptHistoryOptions {
  /** Reads the rollouts of the workspace from disk, newest first. */
  readonly read: () => Promise<RolloutHistory>;
  readonly clock: Clock;
  /** Takes why the history could not be read ahead. */
  readonly onProblem: (problem: string) => void;
}

/**
 * The history of a workspace that one console has to itself, kept in memory once it was read, so that it opens at once.
 * Rollouts this console worked on are told as they stand now; what somebody else did to the files is found behind an
 * answer, and told in the next.
 */
export class KeptHistory {
  readonly #options: KeptHistoryOptions;
  /** Journals of the rollouts that were worked on here; the state of one that was left stays what it was. */
  readonly #worked = new Map<string, RolloutJournal>();
  readonly #timer: NodeJS.Timeout;
  #kept: readonly RolloutSummary[] | null = null;
  #readMonotonicMs = 0;
  #reading: Promise<readonly RolloutSummary[]> | null = null;

  constructor(options: KeptHistoryOptions) {
    this.#options = options;
    this.#timer = setTimeout(() => this.#readBehind(), readAheadAfterMs);
    this.#timer.unref();
  }

  /** Called with the journal that is worked on, whenever there is another one. */
  follow(journal: RolloutJournal): void {
    this.#worked.set(journal.rolloutId, journal);
  }

  /** Newest first. Rejects with a `BridgeError` when nothing is kept and the disk cannot be read. */
  async list(): Promise<readonly RolloutSummary[]> {
    const kept = this.#kept ?? (await this.#read());
    const age = this.#options.clock.monotonicMs() - this.#readMonotonicMs;
    if (age >= lookAgainAfterMs) this.#readBehind();
    return this.#asTheyStand(kept);
  }

  /** Reads nothing any more ahead. */
  async close(): Promise<void> {
    clearTimeout(this.#timer);
    if (this.#reading === null) return;
    const done = new AbortController();
    await Promise.race([
      this.#reading.catch(() => undefined),
      wait(closePatienceMs, undefined, { signal: done.signal }).catch(() => undefined),
    ]);
    done.abort();
  }

  #readBehind(): void {
    this.#read().catch((error: unknown) => {
      // Whoever asks next asks the disk, and is told.
      this.#kept = null;
      this.#options.onProblem(`history: ${error instanceof Error ? error.message : String(error)}`);
    });
  }

  /** Reads once at a time, whoever asks. */
  #read(): Promise<readonly RolloutSummary[]> {
    this.#reading ??= this.#options
      .read()
      .then(({ rollouts }) => {
        this.#kept = rollouts;
        this.#readMonotonicMs = this.#options.clock.monotonicMs();
        return rollouts;
      })
      .finally(() => {
        this.#reading = null;
      });
    return this.#reading;
  }

  #asTheyStand(kept: readonly RolloutSummary[]): readonly RolloutSummary[] {
    const present = [...this.#worked.values()].flatMap(({ state, problem }) =>
      state === null ? [] : [summaryOf(state, problem?.message ?? "")],
    );
    return [...present, ...kept.filter(({ rolloutId }) => !this.#worked.has(rolloutId))].toSorted(
      (left, right) => (left.rolloutId < right.rolloutId ? 1 : -1),
    );
  }
}
