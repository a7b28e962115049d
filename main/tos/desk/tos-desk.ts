import { resolve } from "node:path";
import type { ProgressEntry } from "#contract/tos/progress";
import type { Clock } from "#domain/clock";
import type { OwnRunner } from "../../host/program-root";
import type { TosDesk, Workspace } from "../../host/ports";
import { createOperatorLog } from "../../operator-log";
import { Listeners } from "../../rollout/desk/listeners";
import { SerialQueue } from "../../rollout/desk/serial-queue";
import { BegunRuns } from "./begun-runs";
import { createChanges } from "./changes";
import { ProjectState } from "./project-state";
import { createQueries } from "./queries";
import { describeLaunch } from "./describe-launch";

/** A pattern that never ends hears nothing of a signal. */
const defaultEndWithinMs = 15_000;

export interface TosDeskOptions {
  readonly workspace: Pick<Workspace, "path" | "settings" | "onChange">;
  readonly clock: Clock;
  /** What runs the process that carries out an operation. */
  readonly runner: OwnRunner;
  /** Of this console: the models' keys may be in it. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Longest a run that was asked to end may take before it is ended by force, in milliseconds. Default: 15 s. */
  readonly endWithinMs?: number;
  /** Takes what went wrong while the project goes on being followed; a line for the log. */
  readonly onProblem: (problem: string) => void;
}

/**
 * Opens the TOS project of a workspace (`tosRoot` of its settings) and follows it, also when the settings name another one.
 * Resolves before it has been read. A project that is not there, or cannot be read, is said and keeps nothing from opening.
 */
export async function openTosDesk(options: TosDeskOptions): Promise<TosDesk> {
  const { workspace, clock, runner, environment, onProblem } = options;
  const endWithinMs = options.endWithinMs ?? defaultEndWithinMs;
  const changes = new Listeners<void>();
  const progress = new Listeners<{ runId: string; entries: readonly ProgressEntry[] }>();
  const log = createOperatorLog(workspace.path, clock);
  const begun = new BegunRuns({
    runner,
    clock,
    environment,
    endWithinMs,
    onLaunch: (launch, runId) => log.append({ surface: "tos", ...describeLaunch(launch, runId) }),
  });

  const rootOf = (): string => resolve(workspace.path, workspace.settings().tosRoot);
  const open = (root: string): ProjectState => {
    const opened: ProjectState = new ProjectState({
      root,
      environment,
      clock,
      onChange: () => current === opened && changes.tell(),
      onProgress: (runId, entries) => current === opened && progress.tell({ runId, entries }),
      onProblem,
    });
    return opened;
  };
  let current = open(rootOf());
  await current.start();

  const moves = new SerialQueue();
  const leave = workspace.onChange(() => {
    if (rootOf() === current.root) return;
    const former = current;
    current = open(rootOf());
    changes.tell();
    void moves
      .run(() => Promise.all([former.stop(), current.start()]))
      .catch((error: unknown) => onProblem(String(error)));
  });

  const context = { project: () => current, begun, log, clock, environment, endWithinMs };
  return {
    state: () => current.state(),
    onChange: (listener) => changes.add(listener),
    onProgress: (listener) => progress.add(({ runId, entries }) => listener(runId, entries)),
    ...createQueries(context),
    ...createChanges(context),
    async close() {
      leave();
      await begun.close();
      await moves.idle();
      await current.stop();
    },
  };
}
