import { join } from "node:path";
import type { ProgressEntry, TosRunView } from "#contract/tos/progress";
import { foldRun } from "#domain/tos/runs/fold-run";
import { progressFileOf } from "#domain/tos/runs/run-files";
import { isSameProcessAlive } from "../../system/process-identity";
import { Repeater } from "../../watch/repeater";
import { readProgressFrom } from "../runs/progress-file";
import { runIds } from "../runs/run-store";

/** Runs that are remembered: a rule asks how the last test came out, and there may be many runs after it. */
const rememberedRuns = 100;

export interface RunFollowerOptions {
  readonly root: string;
  /** Takes what a run reported since the last look, in order. What stood there at the first look is not handed over. */
  readonly onEntries: (runId: string, entries: readonly ProgressEntry[]) => void;
}

interface Followed {
  entries: ProgressEntry[];
  byteOffset: number;
  /** Null while it has reported nothing. */
  view: TosRunView | null;
  /** Nothing more will come. */
  settled: boolean;
}

/** Follows what the runs of a project report of themselves, whoever began them. */
export class RunFollower {
  readonly #options: RunFollowerOptions;
  readonly #runs = new Map<string, Followed>();
  readonly #looks = new Repeater(() => this.#look());
  #handsOver = false;

  constructor(options: RunFollowerOptions) {
    this.#options = options;
  }

  /** Resolves when a look that began after this call has ended. Rejects with the system's error. */
  look(): Promise<void> {
    return this.#looks.run();
  }

  stop(): Promise<void> {
    return this.#looks.stop();
  }

  /** Newest first. */
  views(): TosRunView[] {
    return [...this.#runs]
      .toSorted(([left], [right]) => (left < right ? 1 : -1))
      .flatMap(([, { view }]) => view ?? []);
  }

  /** The run that works on the project; null when none does. */
  underWay(): TosRunView | null {
    return this.views().find(({ state }) => state === "running" || state === "cancelling") ?? null;
  }

  view(runId: string): TosRunView | null {
    return this.#runs.get(runId)?.view ?? null;
  }

  async #look(): Promise<void> {
    const remembered = (await runIds(this.#options.root)).slice(0, rememberedRuns);
    for (const runId of this.#runs.keys()) if (!remembered.includes(runId)) this.#runs.delete(runId);
    for (const runId of remembered.toReversed()) await this.#follow(runId);
    this.#handsOver = true;
  }

  async #follow(runId: string): Promise<void> {
    const run = this.#runs.get(runId) ?? { entries: [], byteOffset: 0, view: null, settled: false };
    this.#runs.set(runId, run);
    if (run.settled) return;
    await this.#read(runId, run);
    // Its last words may have been written between the reading and the look for its process.
    if (run.view?.state === "vanished") await this.#read(runId, run);
    run.settled = run.view?.state === "ended" || run.view?.state === "vanished";
    if (run.settled) run.entries = [];
  }

  async #read(runId: string, run: Followed): Promise<void> {
    const path = progressFileOf(runId);
    const { entries, byteOffset } = await readProgressFrom(join(this.#options.root, path), run.byteOffset);
    run.byteOffset = byteOffset;
    run.entries.push(...entries);
    if (run.entries.length > 0) run.view = foldRun(runId, path, run.entries, isSameProcessAlive);
    if (entries.length > 0 && this.#handsOver) this.#options.onEntries(runId, entries);
  }
}
