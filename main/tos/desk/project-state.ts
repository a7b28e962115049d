import { stat } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { ProgressEntry, TosRunView } from "#contract/tos/progress";
import type { RepositoryView } from "#contract/tos/repository";
import type { TosState, TosView } from "#contract/tos/view";
import type { Clock } from "#domain/clock";
import { configFile } from "#domain/tos/orchestration/config-reader";
import type { ProjectReading } from "#domain/tos/governance/project-reading";
import { tosView } from "#domain/tos/view/tos-view";
import { Repeater } from "../../watch/repeater";
import { ProjectMemory } from "../project/project-memory";
import { readProject } from "../project/read-project";
import { readRepository } from "../repository/read-repository";
import { KeptReading } from "./kept-reading";
import { fingerprintsOf, ProjectWatch, type Fingerprints } from "./project-watch";
import { RunFollower } from "./run-follower";

/** Shortest time between two looks, in milliseconds: a running command may change files without end. */
const lookEveryMs = 50;
/** Shortest time between two readings of the project's files while they keep changing, in milliseconds. */
const projectEveryMs = 500;
/** Shortest time between two looks of git at the whole working tree, in milliseconds: on a large one each costs. */
const repositoryEveryMs = 3_000;
/** Shortest time between two views in which only a run has gone on, in milliseconds: what it reports is announced as it comes. */
const viewEveryMs = 250;
/** After this long a view in which only the moments of reading have changed is announced again, in milliseconds. */
const confirmEveryMs = 30_000;

export interface ProjectStateOptions {
  readonly root: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  readonly onChange: () => void;
  readonly onProgress: (runId: string, entries: readonly ProgressEntry[]) => void;
  /** Takes what kept the project from being read; a line for the log. */
  readonly onProblem: (problem: string) => void;
}

/** Follows a TOS project: its files, its repository and its runs. Nothing here writes. */
export class ProjectState {
  readonly root: string;
  readonly runs: RunFollower;
  readonly #options: ProjectStateOptions;
  readonly #watch: ProjectWatch;
  readonly #looks: Repeater;
  readonly #stopping = new AbortController();
  readonly #memory = new ProjectMemory();
  readonly #project: KeptReading<ProjectReading>;
  readonly #repository: KeptReading<RepositoryView>;
  #prints: Fingerprints = { project: "", repository: "" };
  #known = false;
  #state: TosState;
  #compared = "";
  #announcedMs = -Infinity;
  #problem = "";
  /** Which runs there are and whether they have ended, as of the last view. */
  #standing = "";
  #viewedMs = -Infinity;
  #later: NodeJS.Timeout | undefined;

  constructor(options: ProjectStateOptions) {
    this.#options = options;
    this.root = options.root;
    this.#state = { view: null, problem: `the TOS project in ${options.root} is being read` };
    const { root, environment, clock } = options;
    this.#project = new KeptReading(projectEveryMs, () =>
      readProject(root, environment, clock, this.#memory),
    );
    this.#repository = new KeptReading(repositoryEveryMs, () =>
      readRepository(root, environment, Math.floor(clock.nowUnixMs())),
    );
    this.#looks = new Repeater(() => this.#look());
    this.runs = new RunFollower({
      root: options.root,
      onEntries: (runId, entries) => {
        // What a run came to is shown with its end, never before or after.
        if (entries.some(({ event }) => event.kind === "ended")) this.#readAnew();
        options.onProgress(runId, entries);
      },
    });
    this.#watch = new ProjectWatch(options.root, () => void this.#looks.run());
  }

  /** Begins to follow; the first look goes on in the background. */
  async start(): Promise<void> {
    await this.#watch.start();
    void this.#looks.run();
  }

  async stop(): Promise<void> {
    this.#watch.stop();
    clearTimeout(this.#later);
    this.#stopping.abort();
    await this.#looks.stop();
    await this.runs.stop();
  }

  /** As it was announced last. */
  state(): TosState {
    return this.#state;
  }

  /** Reads everything anew; resolves with what there is then. */
  async refresh(): Promise<TosState> {
    this.#readAnew();
    await this.#looks.run();
    return this.#state;
  }

  /** The project's files as they were read last; null while there is no project. */
  reading(): ProjectReading | null {
    return this.#project.value;
  }

  #readAnew(): void {
    this.#project.readAnew();
    this.#repository.readAnew();
  }

  async #look(): Promise<void> {
    try {
      await this.runs.look();
      // What is shown of the runs is never newer than what is read of the files.
      const runs = this.runs.views();
      if (await this.#isThere()) await this.#read(runs);
      else this.#take({ view: null, problem: `no TOS project: no ${configFile} in ${this.root}` });
      this.#problem = "";
    } catch (error) {
      const problem = `TOS project ${this.root}: ${error instanceof Error ? error.message : String(error)}`;
      if (problem !== this.#problem) this.#options.onProblem(problem);
      this.#problem = problem;
    }
    await wait(lookEveryMs, undefined, { signal: this.#stopping.signal }).catch(() => undefined);
  }

  /** A project that has lost its configuration is still one: it may be rolled back. */
  async #isThere(): Promise<boolean> {
    this.#known ||= this.runs.views().length > 0 || (await exists(join(this.root, configFile)));
    return this.#known;
  }

  async #read(runs: readonly TosRunView[]): Promise<void> {
    const now = this.#options.clock.monotonicMs();
    const prints = await fingerprintsOf(this.root);
    if (prints.project !== this.#prints.project) this.#project.mark();
    if (prints.project !== this.#prints.project || prints.repository !== this.#prints.repository)
      this.#repository.mark();
    this.#prints = prints;
    const read = await Promise.all([this.#project.update(now), this.#repository.update(now)]);
    const [reading, repository] = [this.#project.value, this.#repository.value];
    if (reading === null || repository === null) return;
    const standing = runs.map(({ runId, state }) => `${runId} ${state}`).join("\n");
    if (!read.includes(true) && standing === this.#standing && now - this.#viewedMs < viewEveryMs) {
      this.#lookLater();
      return;
    }
    this.#standing = standing;
    this.#viewedMs = now;
    const view = tosView({
      reading,
      repository,
      runs,
      now: Math.floor(this.#options.clock.nowUnixMs()),
    });
    this.#take({ view, problem: "" });
  }

  /** So that the last of many changes is not left out of the view. */
  #lookLater(): void {
    clearTimeout(this.#later);
    this.#later = setTimeout(() => void this.#looks.run(), viewEveryMs).unref();
  }

  /** Announces what differs from what was announced last. */
  #take(state: TosState): void {
    const compared = JSON.stringify(state, withoutReadingTimes);
    const now = this.#options.clock.monotonicMs();
    if (compared === this.#compared && now - this.#announcedMs < confirmEveryMs) return;
    if (compared === this.#compared && state.view === null) return;
    this.#compared = compared;
    this.#announcedMs = now;
    this.#state = state;
    this.#options.onChange();
  }
}

function withoutReadingTimes(key: string, value: unknown): unknown {
  return key === ("readUnixMs" satisfies keyof TosView) ? 0 : value;
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
