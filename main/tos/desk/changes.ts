import { setTimeout as wait } from "node:timers/promises";
import { BridgeError } from "#contract/envelope";
import type { TosLaunch } from "#contract/tos/command";
import type { TosRunView } from "#contract/tos/progress";
import { ruleNotices, type NoticeContext } from "#domain/tos/governance/rule-notices";
import { requireRunId } from "#domain/tos/runs/run-identifier";
import type { TosDesk } from "../../host/ports";
import { SerialQueue } from "../../rollout/desk/serial-queue";
import { operatorName } from "../../system/operator";
import { previewRollback, previewUndo } from "../repository/preview";
import { cancelRun } from "../runs/cancel";
import {
  asBridgeError,
  refuseWhileRunning,
  repositoryContext,
  requireFresh,
  requireProject,
  type DeskContext,
  type OpenProject,
} from "./desk-context";
import { endRun } from "./end-run";
import { saveConfig } from "./save-config";
import { requireAcknowledged } from "./unmet-rules";
import { acknowledgeRunbook } from "./acknowledge-runbook";

type Changes = Pick<TosDesk, "launch" | "cancel" | "saveConfig" | "acknowledgeRunbook">;

/** Longest a run is waited for to say that it has heard of its cancellation, in milliseconds. */
const heardWithinMs = 5_000;

/** Answers what changes something: one after the other, each on the project as the one before has left it. */
export function createChanges(context: DeskContext): Changes {
  const queue = new SerialQueue();
  return {
    launch: ({ launch }) =>
      queue.run(async () => {
        const fresh = await requireFresh(context);
        refuseWhileRunning(fresh.project, launch.operation);
        const notices = ruleNotices(
          launch.operation,
          fresh.view.rules,
          fresh.reading,
          noticeContext(fresh, launch),
        );
        requireAcknowledged(launch.operation, notices, launch.acknowledgements);
        await requireSeen(context, fresh, launch);
        return context.begun.launch(fresh.project.root, launch);
      }),
    cancel: ({ runId, reason }) => cancel(context, runId, reason),
    saveConfig: (input) => queue.run(async () => saveConfig(context, await requireFresh(context), input)),
    acknowledgeRunbook: () => queue.run(() => acknowledgeRunbook(context)),
  };
}

function noticeContext({ view }: OpenProject, launch: TosLaunch): NoticeContext {
  return {
    repository: view.repository,
    ...("clean" in launch && { clean: launch.clean }),
    ...(launch.operation === "rollback" && { target: launch.target }),
  };
}

/** What the operator has seen must be what there is: the process checks it too, but a refusal is better said here. */
async function requireSeen(
  context: DeskContext,
  { project, view }: OpenProject,
  launch: TosLaunch,
): Promise<void> {
  const changed = (what: string): BridgeError =>
    new BridgeError("conflict", `${what} has changed since it was shown. Look at it again before you go on.`);
  const git = repositoryContext(context, project.root);
  switch (launch.operation) {
    case "rollback": {
      const { previewId } = await asBridgeError(previewRollback(git, launch.target));
      if (previewId !== launch.previewId) throw changed("What the rollback would do");
      return;
    }
    case "undo": {
      const { previewId } = await asBridgeError(previewUndo(git, launch.recoveryId));
      if (previewId !== launch.previewId) throw changed("What the undo would do");
      return;
    }
    case "stash":
    case "discard":
      if (view.repository.treeDigest !== launch.treeDigest) throw changed("The working tree");
      return;
    default:
      return;
  }
}

async function cancel(context: DeskContext, runId: string, reason: string): Promise<TosRunView> {
  requireRunId(runId);
  const { project } = await requireProject(context);
  const look = async (): Promise<TosRunView> => {
    await project.runs.look();
    const view = project.runs.view(runId);
    if (view === null) throw new BridgeError("not_found", `There is no run ${runId} in ${project.root}.`);
    return view;
  };
  const run = await look();
  const ended = new BridgeError("conflict", `The run ${runId} has ended already.`);
  if (run.state === "cancelling") return run;
  if (run.state !== "running") throw ended;
  if (!run.cancellable)
    throw new BridgeError(
      "conflict",
      `The ${run.operation} ${runId} cannot be cancelled: it is carried to its end, so that nothing is left half-way.`,
    );
  context.log.append({ action: "cancel", surface: "tos", reason, effect: `TOS run ${runId} asked to end` });
  if (!(await cancelRun(project.root, runId, { operator: operatorName(), reason }))) throw ended;
  void endRun(project.root, runId, context.endWithinMs);
  const deadline = context.clock.monotonicMs() + heardWithinMs;
  for (;;) {
    const now = await look();
    if (now.state !== "running" || context.clock.monotonicMs() > deadline) return now;
    await wait(20);
  }
}
