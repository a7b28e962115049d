import { setTimeout as wait } from "node:timers/promises";
import { BridgeError } from "#contract/envelope";
import type { TosLaunch } from "#contract/tos/command";
import type { TosRunView } from "#contract/tos/progress";
import type { Clock } from "#domain/clock";
import { commandLineOf } from "#domain/tos/launcher/command-line";
import type { OwnRunner } from "../../host/program-root";
import { operatorName } from "../../system/operator";
import { cancelRun } from "../runs/cancel";
import { nextRunId } from "../runs/run-store";
import { endRun, endWithinMs } from "./end-run";
import type { ProjectState } from "./project-state";
import { startRunProcess, type RunProcess } from "./run-process";

/** Longest a process may take to say that it has begun, in milliseconds: it has a module or two to load. */
const beginWithinMs = 30_000;
const lookEveryMs = 20;
export interface BegunRunsOptions {
  readonly runner: OwnRunner;
  readonly clock: Clock;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Called before a process is started; throws when that must not be. */
  readonly onLaunch: (launch: TosLaunch, runId: string) => void;
}

interface Begun {
  readonly process: RunProcess;
  readonly project: ProjectState;
}

/** The processes that this console has begun. */
export class BegunRuns {
  readonly #options: BegunRunsOptions;
  readonly #begun = new Map<string, Begun>();

  constructor(options: BegunRunsOptions) {
    this.#options = options;
  }

  /**
   * Begins an operation; resolves once its process says so in its progress file. Rejects with a `BridgeError` that holds the
   * process's own words when it refuses.
   */
  async launch(project: ProjectState, launch: TosLaunch): Promise<TosRunView> {
    const { runner, clock, environment, onLaunch } = this.#options;
    const { root } = project;
    const runId = await nextRunId(root, clock.nowUnixMs());
    onLaunch(launch, runId);
    const process = await startRunProcess(runner, runId, commandLineOf(launch, { root, runId }), {
      directory: root,
      environment,
    });
    this.#begun.set(runId, { process, project });
    void process.end.then(() => this.#begun.delete(runId));
    try {
      return await this.#begins(process, project);
    } finally {
      await process.forgetWords();
    }
  }

  /**
   * Asks every run that can be cancelled to end and resolves when all have ended. What moves the working tree is waited
   * for, never ended.
   */
  async close(): Promise<void> {
    await Promise.all([...this.#begun].map(([runId, begun]) => this.#finish(runId, begun)));
  }

  async #begins(process: RunProcess, { runs }: ProjectState): Promise<TosRunView> {
    const { clock } = this.#options;
    const deadline = clock.monotonicMs() + beginWithinMs;
    for (;;) {
      const { ended } = process;
      await runs.look();
      const view = runs.view(process.runId);
      if (view !== null) return view;
      if (ended) throw await refused(process);
      if (clock.monotonicMs() > deadline)
        throw new BridgeError(
          "unavailable",
          `The run ${process.runId} (process ${process.pid}) has not said within ${beginWithinMs / 1_000} s that it has begun.`,
          await process.words(),
        );
      await wait(lookEveryMs);
    }
  }

  async #finish(runId: string, { process, project }: Begun): Promise<void> {
    const { root, runs } = project;
    // A rollback can be cancelled once it has become a test, so it is asked for again and again.
    for (let asked = false; !process.ended; await Promise.race([process.end, wait(lookEveryMs * 5)])) {
      await runs.look().catch(() => undefined);
      if (asked || runs.view(runId)?.cancellable !== true) continue;
      const request = { operator: operatorName(), reason: "the console was closed" };
      asked = await cancelRun(root, runId, request).catch(() => false);
      if (asked) void endRun(root, runId, endWithinMs);
    }
  }
}

async function refused(process: RunProcess): Promise<BridgeError> {
  const exitCode = await process.end;
  const [
    first = `its process ended with ${exitCode === null ? "a signal" : `exit code ${exitCode}`} and said nothing`,
    ...others
  ] = await process.words();
  return new BridgeError(
    process.pid === undefined ? "unavailable" : "conflict",
    `It did not begin: ${first}`,
    others,
  );
}
