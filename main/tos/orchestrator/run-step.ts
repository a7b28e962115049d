import { modelRoles, type ModelRole } from "#contract/tos/vocabulary";
import type { Json } from "#domain/json";
import { consoleLines } from "#domain/tos/orchestration/console-lines";
import { endReasons, roleError } from "#domain/tos/orchestration/end-reason";
import { readFinalReply, type FinalReply } from "#domain/tos/orchestration/final-reply";
import { denyState, doneState, executeState, fatalErrorState } from "#domain/tos/orchestration/phase-state";
import { deniedReasons, judgeAll, type Judgement, type Judgements } from "#domain/tos/orchestration/policy";
import { draftPrompt, finalPrompt, reviewPrompt, type HistoryEntry } from "#domain/tos/orchestration/prompts";
import { pythonText } from "#domain/tos/orchestration/python-repr";
import {
  countResults,
  noExecutions,
  type CommandOutcome,
  type ExecutionCounts,
} from "#domain/tos/orchestration/result-documents";
import type { RoleReplies, RoleReply } from "#domain/tos/orchestration/role-replies";
import {
  cancelledBy,
  cancelledStepLog,
  denyStepLog,
  doneStepLog,
  executeStepLog,
  fatalErrorStepLog,
  type CompleteReplies,
} from "#domain/tos/orchestration/step-log";
import { firstCodePoints } from "#domain/tos/orchestration/truncate";
import { askRole } from "./ask-role";
import { executeCommands } from "./execute-commands";
import { judgeGoal } from "./goal";
import { writeState, writeStepLog } from "./records";
import { cancelRequestOf, momentOf, stateFacts, type RunContext } from "./run-context";

/** What a step leaves for the run. */
export interface StepOutcome {
  readonly counts: ExecutionCounts;
  /** For the drafts of later steps; null unless commands ran. */
  readonly history: HistoryEntry | null;
  /** How the run ends with this step; null when it goes on. */
  readonly end: RunEnd | null;
}

/** Why a run ended, and its exit code. */
export interface RunEnd {
  readonly reason: string;
  readonly exitCode: 0 | 1;
}

/** The end of a run that an operator cancelled; `cancel` is aborted. */
export function cancelledEnd(cancel: AbortSignal): RunEnd {
  return { reason: endReasons.cancelled(cancelRequestOf(cancel).reason), exitCode: 1 };
}

const nothingRun = { counts: noExecutions, history: null } as const;

/** One step that has no log yet: is the goal reached, else draft, review, final, policy, execution (spec/tos/orchestrator.md §7). */
export async function runStep(
  run: RunContext,
  step: number,
  history: readonly HistoryEntry[],
): Promise<StepOutcome> {
  const goal = await judgeGoal(run.paths.result);
  run.console.print(...goal.lines);
  if (goal.done) {
    run.console.print(consoleLines.doneReached());
    await writeStepLog(run, step, doneStepLog(run.facts, momentOf(run, step)));
    await writeState(run, doneState(stateFacts(run, true), step));
    return { ...nothingRun, end: { reason: endReasons.done(run.job), exitCode: 0 } };
  }
  const replies: Partial<Record<ModelRole, RoleReply>> = {};
  for (const role of modelRoles) {
    run.console.mustBeHeard();
    const reply = await askFor(run, step, role, promptFor(run, step, role, history, replies));
    if (reply === null) return cancelled(run);
    replies[role] = reply;
    if (reply.value === null) return failRole(run, step, role, replies);
  }
  return decide(run, step, replies as CompleteReplies);
}

function cancelled({ options }: RunContext): StepOutcome {
  return { ...nothingRun, end: cancelledEnd(options.cancel) };
}

function promptFor(
  { config, payload }: RunContext,
  step: number,
  role: ModelRole,
  history: readonly HistoryEntry[],
  { draft, review }: RoleReplies,
): string {
  const template = config.templates[role];
  const drafted: Json = draft?.value ?? null;
  switch (role) {
    case "draft":
      return draftPrompt(template, step, history, payload);
    case "review":
      return reviewPrompt(template, step, drafted);
    case "final":
      return finalPrompt(template, step, drafted, review?.value ?? null);
  }
}

/** What a role said; its value is null when it failed. Null when the run was cancelled meanwhile. */
async function askFor(
  run: RunContext,
  step: number,
  role: ModelRole,
  prompt: string,
): Promise<RoleReply | null> {
  run.console.report({ kind: "stage-started", step, stage: role });
  run.console.print(consoleLines.roleStarted(role, step));
  const outcome = await askRole(run, step, role, prompt);
  if (outcome.kind === "cancelled") return null;
  if (outcome.kind === "failed")
    return { prompt, value: null, raw: outcome.raw, extracted: outcome.extracted };
  return { prompt, value: outcome.value, raw: outcome.raw, extracted: null };
}

async function failRole(
  run: RunContext,
  step: number,
  role: ModelRole,
  replies: RoleReplies,
): Promise<StepOutcome> {
  run.console.print(consoleLines.roleFailed(role));
  await writeStepLog(run, step, fatalErrorStepLog(run.facts, momentOf(run, step), role, replies));
  await writeState(run, fatalErrorState(stateFacts(run, false), step, roleError(role)));
  return { ...nothingRun, end: { reason: endReasons.fatalError(role), exitCode: 0 } };
}

async function decide(run: RunContext, step: number, replies: CompleteReplies): Promise<StepOutcome> {
  const final = readFinalReply(replies.final.value, step);
  const judged = judgeAll(run.config, final.commands);
  run.console.report({ kind: "commands-judged", step, commands: judged.judgements.map(toldJudgement) });
  run.console.mustBeHeard();
  return judged.allDenied
    ? deny(run, step, replies, final, judged)
    : execute(run, step, replies, final, judged.judgements);
}

function toldJudgement({ type, code, allowed, reason, matched }: Judgement, index: number) {
  return { index, type: pythonText(type), code: firstCodePoints(code, 500), allowed, reason, matched };
}

async function deny(
  run: RunContext,
  step: number,
  replies: CompleteReplies,
  final: FinalReply,
  judged: Judgements,
): Promise<StepOutcome> {
  const reasons = deniedReasons(judged.judgements);
  const { stopOnDeny } = run.config;
  const log = denyStepLog(run.facts, momentOf(run, step), replies, final, judged, stopOnDeny);
  await writeStepLog(run, step, log);
  await writeState(run, denyState(stateFacts(run, false), step, reasons));
  return {
    counts: { ...noExecutions, denied: judged.deniedCount },
    history: null,
    end: stopOnDeny ? { reason: endReasons.deny(reasons), exitCode: 0 } : null,
  };
}

/** Whether a command had its effect, or may have had. */
function hasRun(outcome: CommandOutcome): boolean {
  if (outcome.kind === "cancelled") return outcome.started;
  return outcome.kind !== "denied" && outcome.kind !== "dropped";
}

async function execute(
  run: RunContext,
  step: number,
  replies: CompleteReplies,
  final: FinalReply,
  judgements: readonly Judgement[],
): Promise<StepOutcome> {
  const { options, facts, console } = run;
  // No command has run yet, so there is nothing of this step to tell.
  if (options.cancel.aborted) return cancelled(run);
  console.report({ kind: "stage-started", step, stage: "execute" });
  const { results, cut } = await executeCommands(run, step, judgements);
  if (cut && !results.some(({ outcome }) => hasRun(outcome))) return cancelled(run);
  const moment = momentOf(run, step);
  const log = cut
    ? cancelledStepLog(facts, moment, replies, final, results, cancelledBy(cancelRequestOf(options.cancel)))
    : executeStepLog(facts, moment, replies, final, results);
  await writeStepLog(run, step, log);
  await writeState(run, executeState(stateFacts(run, false), step));
  return {
    counts: countResults(results),
    history: { step, summary: final.summary },
    end: cut ? cancelledEnd(options.cancel) : null,
  };
}
