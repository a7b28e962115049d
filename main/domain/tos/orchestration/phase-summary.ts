import { isJsonObject, jsonObject, type Json, type JsonObject } from "../../json";
import { unexpected } from "./fault";
import { nextPhase } from "./fixed-texts";
import { isLoopComplete, type Job } from "./job";
import { isTruthy } from "./python-values";
import { executionSummary, type ExecutionCounts } from "./result-documents";
import { skipReason } from "./step-log-keys";

/** A step log as it was read back, whoever wrote it. */
export interface LoggedStep {
  readonly file: string;
  readonly value: Json;
}

/** How a run ended, and what it knows beside its step logs. */
export interface RunEnd {
  readonly timestamp: string;
  readonly experimental: boolean;
  readonly job: Job;
  readonly stopOnDeny: boolean;
  readonly endReason: string;
  /** This run's totals. */
  readonly counts: ExecutionCounts;
  /** Steps of this run whose logs were there already, in order. */
  readonly skipped: readonly number[];
  /** Absolute and native; null unless the run wrote it. */
  readonly jobResultPath: string | null;
}

/**
 * `phase_summary.json` (spec/tos/orchestrator.md §13), from all readable step logs in the order of their names. Throws
 * `OrchestratorFault` for a log that is JSON and no object.
 */
export function phaseSummary(end: RunEnd, logs: readonly LoggedStep[]): JsonObject {
  const { job } = end;
  const steps = logs.map(readStep);
  const inPhase = (phase: string): JsonObject[] => steps.filter((step) => step.get("phase") === phase);
  const stopped = steps.filter((step) => isTruthy(field(step, "stopped")));
  const successful = steps.filter((step) => isSuccess(step));
  const reached = steps.filter((step) => isTruthy(field(step, "done")));
  return jsonObject({
    generated_at: end.timestamp,
    current_phase: "S-5",
    previous_phase: "S-4",
    is_experimental: end.experimental,
    experimental: end.experimental,
    job_loop_enabled: job.loop.enabled,
    job_loop: jobLoopSummary(job),
    job_payload_present: job.payload !== null,
    job_result_written: end.jobResultPath !== null,
    total_steps: steps.length,
    success_count: successful.length,
    fail_count: inPhase("error").length,
    denied_count: inPhase("deny").length,
    fatal_error_count: inPhase("fatal_error").length,
    stopped_count: stopped.length,
    skipped_count: end.skipped.length,
    final_done: reached.length > 0,
    final_phase_result: finalResult(reached.at(-1)),
    execution_summary: isLoopComplete(job) ? jsonObject({}) : executionSummary(end.counts),
    stop_on_deny: end.stopOnDeny,
    end_reason: end.endReason,
    denied_steps: inPhase("deny").map((step) =>
      pick(step, { step_num: "step_num", reason: "done_reason", message: "message" }),
    ),
    fatal_error_steps: inPhase("fatal_error").map((step) =>
      pick(step, { step_num: "step_num", reason: "done_reason", error: "error" }),
    ),
    stopped_steps: stopped.map((step) =>
      pick(step, { step_num: "step_num", phase: "phase", reason: "done_reason" }),
    ),
    skipped_steps: end.skipped.map((step) => jsonObject({ step_num: step, skip_reason: skipReason(step) })),
    steps: steps.map(stepSummary),
    job_result_path: end.jobResultPath,
    job_result_path_posix: end.jobResultPath?.replaceAll("\\", "/") ?? null,
  });
}

function readStep({ file, value }: LoggedStep): JsonObject {
  if (isJsonObject(value)) return value;
  throw unexpected(file, "", "an object", value);
}

const field = (step: JsonObject, key: string): Json => step.get(key) ?? null;

function isSuccess(step: JsonObject): boolean {
  const phase = step.get("phase");
  return !isTruthy(field(step, "stopped")) && (phase === "execute" || phase === "done");
}

/** Fields of a log under the names the summary has for them. */
function pick(step: JsonObject, names: Readonly<Record<string, string>>): JsonObject {
  return new Map(Object.entries(names).map(([name, key]) => [name, field(step, key)]));
}

function finalResult(step: JsonObject | undefined): JsonObject | null {
  if (step === undefined) return null;
  return new Map(Object.keys(nextPhase).map((key) => [key, field(step, key)]));
}

function stepSummary(step: JsonObject): JsonObject {
  const keys = ["step_num", "phase", "done", "done_reason", "timestamp", "error", "message"];
  return new Map([
    ...keys.map((key): [string, Json] => [key, field(step, key)]),
    ["stopped", step.get("stopped") ?? (step.has("stopped") ? null : false)],
  ]);
}

/** Three shapes: of a loop that is off, of one that is on, and of one that is complete. */
function jobLoopSummary(job: Job): JsonObject {
  const { loop, name, index } = job;
  if (!loop.enabled) {
    return jsonObject({
      enabled: false,
      max_jobs: loop.statedMaxJobs,
      job_name: loop.statedJobName,
      current_job_index: null,
      completed: false,
    });
  }
  const summary = { enabled: true, max_jobs: loop.maxJobs, job_name: name, current_job_index: index };
  return jsonObject(isLoopComplete(job) ? { ...summary, completed: true } : summary);
}
