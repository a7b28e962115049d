import { setTimeout as wait } from "node:timers/promises";
import { BridgeError } from "#contract/envelope";
import type { TosLaunch } from "#contract/tos/command";
import type { TosRunView } from "#contract/tos/progress";
import type { Clock } from "#domain/clock";
import { commandLineOf } from "#domain/tos/launcher/command-line";
import type { OwnRunner } from "../../host/program-root";
import { signalGroup } from "../../system/process-group";
import { operatorName } from "../../system/operator";
import { cancelRun } from "../runs/cancel";
import { nextRunId, readRun } from "../runs/run-store";
import { endRun } from "./end-run";
import { startRunProcess, type RunProcess } from "./run-process";

/** Longest a process may take to say that it has begun, in milliseconds: it has a module or two to load. */
const beginWithinMs = 30_000;
const lookEveryMs = 20;
export interface BegunRunsOptions {
  readonly runner: OwnRunner;
  readonly clock: Clock;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Longest a run that was asked to end may take before it is ended by force, in milliseconds. */
  readonly endWithinMs: number;
  /** Called before a process is started; throws when that must not be. */
  readonly onLaunch: (launch: TosLaunch, runId: string) => void;
}

interface Begun {
  readonly process: RunProcess;
  readonly root: string;
}

/** The processes that this console has begun. */
export class BegunRuns {
  readonly #options: BegunRunsOptions;
  readonly #begun = new Map<string, Begun>();
  #closed = false;

  constructor(options: BegunRunsOptions) {
    this.#options = options;
  }

  /**
   * Begins an operation; resolves once its process says so in its progress file. Rejects with a `BridgeError` that holds the
   * process's own words when it refuses.
   */
  async launch(root: string, launch: TosLaunch): Promise<TosRunView> {
    const { runner, clock, environment, onLaunch } = this.#options;
    const runId = await nextRunId(root, clock.nowUnixMs());
    if (this.#closed) throw new BridgeError("unavailable", "The console is being closed.");
    onLaunch(launch, runId);
    const process = await startRunProcess(runner, runId, commandLineOf(launch, { root, runId }), {
      directory: root,
      environment,
    });
    this.#begun.set(runId, { process, root });
    void process.end.then(() => this.#begun.delete(runId));
    try {
      return await this.#begins(process, root);
    } finally {
      await process.forgetWords();
    }
  }

  /**
   * Asks every run that can be cancelled to end and resolves when all have ended. What moves the working tree is waited
   * for, never ended.
   */
  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all([...this.#begun].map(([runId, begun]) => this.#finish(runId, begun)));
  }

  async #begins(process: RunProcess, root: string): Promise<TosRunView> {
    const { clock } = this.#options;
    const deadline = clock.monotonicMs() + beginWithinMs;
    for (;;) {
      const { ended } = process;
      const view = await readRun(root, process.runId);
      if (view !== null) return view;
      if (ended) throw await refused(process);
      if (clock.monotonicMs() > deadline) {
        if (process.pid !== undefined) signalGroup(process.pid, "SIGKILL");
        throw new BridgeError(
          "unavailable",
          `The run ${process.runId} (process ${process.pid}) has not said within ${beginWithinMs / 1_000} s that it has begun, and was ended.`,
          await process.words(),
        );
      }
      await wait(lookEveryMs);
    }
  }

  async #finish(runId: string, { process, root }: Begun): Promise<void> {
    // A rollback can be cancelled once it has become a test, so it is asked for again and again.
    for (let asked = false; !process.ended; await Promise.race([process.end, wait(lookEveryMs * 5)])) {
      const run = await readRun(root, runId).catch(() => null);
      if (asked || run?.cancellable !== true) continue;
      const request = { operator: operatorName(), reason: "the console was closed" };
      asked = await cancelRun(root, runId, request).catch(() => false);
      if (asked) void endRun(root, runId, this.#options.endWithinMs);
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
