import type { ModelRole, RunPhase } from "#contract/tos/vocabulary";
import { jsonObject, type Json, type JsonObject } from "../../json";
import { endReasons, roleError } from "./end-reason";
import type { FinalReply } from "./final-reply";
import { doneReasons, nextPhase } from "./fixed-texts";
import { payloadFields, type Job } from "./job";
import { deniedReasons, type Judgements } from "./policy";
import { promptsUsed, rawReply, type RoleReplies, type RoleReply } from "./role-replies";
import {
  commandResults,
  countResults,
  deniedSummary,
  executedSummary,
  executionSummary,
  noExecutions,
  snippet,
  type CommandResult,
} from "./result-documents";
import { emptyStepLog, type StepLogKey } from "./step-log-keys";

/** What every step log of one run says alike. */
export interface RunFacts {
  readonly experimental: boolean;
  readonly loggedModels: Readonly<Record<ModelRole, string | null>>;
  readonly job: Job;
}

/** One step: its number and when its log is written. */
export interface StepMoment {
  readonly step: number;
  readonly timestamp: string;
}

/** All three replies of a step that came to its commands. */
export type CompleteReplies = Readonly<Record<ModelRole, RoleReply>>;

/** The goal was found reached at the head of a step. */
export function doneStepLog(run: RunFacts, moment: StepMoment): JsonObject {
  return stepLog(run, moment, "done", {
    done: true,
    done_reason: doneReasons.done,
    message: "目標達成",
    ...nextPhase,
  });
}

/** Steps ran out: the log of the number after the last. */
export function maxStepsStepLog(run: RunFacts, maxSteps: number, timestamp: string): JsonObject {
  return stepLog(run, { step: maxSteps + 1, timestamp }, "max_steps_reached", {
    done_reason: doneReasons.maxSteps(maxSteps),
  });
}

/** The loop has no job left; `jobResultPath` is absolute and native. */
export function jobLoopCompleteStepLog(run: RunFacts, moment: StepMoment, jobResultPath: string): JsonObject {
  return stepLog(run, moment, "job_loop_complete", {
    done: true,
    done_reason: endReasons.jobLoopComplete(run.job.loop.maxJobs),
    message: "job_loop完了",
    job_result_written: true,
    job_result_path: jobResultPath,
  });
}

/** A role gave nothing usable: the last one in `replies`. Only its own raw reply is kept, those before it are lost. */
export function fatalErrorStepLog(
  run: RunFacts,
  moment: StepMoment,
  failed: ModelRole,
  replies: RoleReplies,
): JsonObject {
  return stepLog(run, moment, "fatal_error", {
    done_reason: doneReasons.fatalError,
    error: roleError(failed),
    stopped: true,
    prompts_used: promptsUsed(replies),
    draft: replies.draft?.value ?? null,
    review: replies.review?.value ?? null,
    [`${failed}_raw`]: rawReply(replies[failed]),
  });
}

/** Every command was denied. */
export function denyStepLog(
  run: RunFacts,
  moment: StepMoment,
  replies: CompleteReplies,
  final: FinalReply,
  { judgements, deniedCount }: Judgements,
  stopOnDeny: boolean,
): JsonObject {
  const reasons = deniedReasons(judgements);
  return stepLog(run, moment, "deny", {
    done_reason: doneReasons.deny(reasons),
    message: endReasons.deny(reasons),
    stopped: stopOnDeny,
    ...replyFields(replies, final),
    allowlist_summary: deniedSummary(judgements),
    execution: jsonObject({
      command_results: [],
      execution_summary: executionSummary({ ...noExecutions, denied: deniedCount }),
      denied_command_snippet: snippet(judgements[0]?.code ?? ""),
      denied_reason: reasons,
    }),
  });
}

/** The commands ran, as far as they were allowed; how they ended does not matter. */
export function executeStepLog(
  run: RunFacts,
  moment: StepMoment,
  replies: CompleteReplies,
  final: FinalReply,
  results: readonly CommandResult[],
): JsonObject {
  return stepLog(run, moment, "execute", {
    done_reason: doneReasons.execute,
    ...replyFields(replies, final),
    ...executionFields(results),
  });
}

/** Ours: an operator cancelled the run while commands of the step ran. `cancellation` is `cancelledBy` of the request. */
export function cancelledStepLog(
  run: RunFacts,
  moment: StepMoment,
  replies: CompleteReplies,
  final: FinalReply,
  results: readonly CommandResult[],
  cancellation: string,
): JsonObject {
  return stepLog(run, moment, "execute", {
    done_reason: cancellation,
    message: cancellation,
    stopped: true,
    ...replyFields(replies, final),
    ...executionFields(results),
  });
}

/** Why a command or a step was cut off, for its log. */
export function cancelledBy(request: { readonly operator: string; readonly reason: string }): string {
  return `cancelled by ${request.operator}: ${request.reason}`;
}

function replyFields(replies: CompleteReplies, final: FinalReply): Partial<Record<StepLogKey, Json>> {
  return {
    prompts_used: promptsUsed(replies),
    final_commands: final.logged,
    draft: replies.draft.value,
    draft_raw: rawReply(replies.draft),
    review: replies.review.value,
    review_raw: rawReply(replies.review),
    final: replies.final.value,
    final_raw: rawReply(replies.final),
  };
}

function executionFields(results: readonly CommandResult[]): Partial<Record<StepLogKey, Json>> {
  return {
    allowlist_summary: executedSummary(results),
    execution: jsonObject({
      command_results: commandResults(results),
      execution_summary: executionSummary(countResults(results)),
    }),
  };
}

/** `step_NNN.json`: always all keys, in the order of spec/tos/orchestrator.md §12. */
function stepLog(
  run: RunFacts,
  { step, timestamp }: StepMoment,
  phase: RunPhase,
  fields: Partial<Record<StepLogKey, Json>>,
): JsonObject {
  const { job, experimental, loggedModels } = run;
  const payload = payloadFields(job.payload);
  return jsonObject({
    ...emptyStepLog,
    phase,
    step_num: step,
    timestamp,
    is_experimental: experimental,
    s5_flag: experimental,
    job_loop_enabled: job.loop.enabled,
    job_name: job.name,
    job_index: job.index,
    job_payload: payload.text,
    job_payload_present: payload.present,
    job_payload_size: payload.size,
    models_used: jsonObject({
      draft: loggedModels.draft,
      review: loggedModels.review,
      final: loggedModels.final,
    }),
    ...fields,
  });
}
