import { jsonObject, type Json, type JsonObject } from "../../json";
import type { Job } from "./job";
import { endReasons } from "./end-reason";
import type { Judgement } from "./policy";
import { pythonRepr } from "./python-repr";
import type { PythonNumber } from "./python-values";
import { unifyLineEnds } from "./python-whitespace";
import { cutAfter, firstCodePoints } from "./truncate";

/** What became of one command of a step that ran (spec/tos/orchestrator.md §8). */
export type CommandOutcome =
  | { readonly kind: "denied" }
  /** It came to its end, with any code; output as decoded, in full. */
  | { readonly kind: "ran"; readonly returnCode: number; readonly stdout: string; readonly stderr: string }
  | { readonly kind: "timed-out"; readonly seconds: PythonNumber }
  /** It could not be started, or its output could not be read; `error` is the system's text. */
  | { readonly kind: "failed"; readonly error: string }
  /** Its type is allowed, and not one that is run: no result at all. */
  | { readonly kind: "dropped" }
  /** Ours: ended in its midst, or (not `started`) never begun, because an operator cancelled the run. */
  | { readonly kind: "cancelled"; readonly started: boolean; readonly error: string };

export interface CommandResult {
  readonly judgement: Judgement;
  readonly outcome: CommandOutcome;
}

/** The four counters of `execution_summary`. */
export interface ExecutionCounts {
  /** Came to their end, with any code. */
  readonly executed: number;
  readonly denied: number;
  readonly timedOut: number;
  readonly failed: number;
}

export const noExecutions: ExecutionCounts = { executed: 0, denied: 0, timedOut: 0, failed: 0 };

export function countResults(results: readonly CommandResult[]): ExecutionCounts {
  const count = (counted: (outcome: CommandOutcome) => boolean): number =>
    results.filter(({ outcome }) => counted(outcome)).length;
  return {
    executed: count(({ kind }) => kind === "ran"),
    denied: count(({ kind }) => kind === "denied"),
    timedOut: count(({ kind }) => kind === "timed-out"),
    // A command that was ended in its midst did not come to its end; one that was never begun is no failure.
    failed: count(
      (outcome) => outcome.kind === "failed" || (outcome.kind === "cancelled" && outcome.started),
    ),
  };
}

/** Totals of a run, as its steps add up. */
export function addCounts(left: ExecutionCounts, right: ExecutionCounts): ExecutionCounts {
  return {
    executed: left.executed + right.executed,
    denied: left.denied + right.denied,
    timedOut: left.timedOut + right.timedOut,
    failed: left.failed + right.failed,
  };
}

/** `execution_summary`, keys in order. */
export function executionSummary(counts: ExecutionCounts): JsonObject {
  return jsonObject({
    executed_count: counts.executed,
    denied_count: counts.denied,
    timeout_count: counts.timedOut,
    failed_count: counts.failed,
  });
}

/** `command_results`: one entry a command, except the dropped ones. */
export function commandResults(results: readonly CommandResult[]): readonly JsonObject[] {
  return results.flatMap(({ judgement, outcome }) => resultEntry(judgement, outcome) ?? []);
}

/** `allowlist_summary` of a step that ran. */
export function executedSummary(results: readonly CommandResult[]): readonly JsonObject[] {
  const listed = results.filter(({ outcome }) => outcome.kind !== "dropped");
  return listed.map(({ judgement: { type, allowed, reason, matched }, outcome }) =>
    jsonObject({
      type,
      allowed,
      reason,
      matched_pattern: matched,
      executed: wasExecuted(outcome),
      returncode: outcome.kind === "ran" ? outcome.returnCode : null,
      timeout: outcome.kind === "timed-out",
    }),
  );
}

/** `allowlist_summary` of a step of which every command was denied: another shape than that of one that ran. */
export function deniedSummary(judgements: readonly Judgement[]): readonly JsonObject[] {
  return judgements.map(({ type, code, allowed, reason, matched }) =>
    jsonObject({ type, code_snippet: snippet(code), allowed, reason, matched }),
  );
}

/** How much of a denied command's code a log shows, without a mark where it is cut. */
export function snippet(code: string): string {
  return firstCodePoints(code, 200);
}

/** `job_result.json` (spec/tos/orchestrator.md §10). `jobs_executed` is simply the number that was asked for. */
export function jobResult(job: Job, startStep: number, timestamp: string): JsonObject {
  const { maxJobs } = job.loop;
  return jsonObject({
    job_name: job.name,
    max_jobs: maxJobs,
    jobs_executed: maxJobs,
    end_reason: endReasons.jobLoopComplete(maxJobs),
    last_phase: "job_loop_complete",
    last_step: startStep,
    timestamp,
  });
}

function wasExecuted(outcome: CommandOutcome): boolean {
  if (outcome.kind === "cancelled") return outcome.started;
  return outcome.kind === "ran" || outcome.kind === "timed-out";
}

function resultEntry({ type, code, reason, matched }: Judgement, outcome: CommandOutcome): JsonObject | null {
  if (outcome.kind === "dropped") return null;
  if (outcome.kind === "denied") {
    return jsonObject({
      type,
      code: cutAfter(code, 200, "..."),
      allowed: false,
      deny_reason: reason,
      matched_pattern: matched,
      executed: false,
    });
  }
  return jsonObject({
    type,
    code: cutAfter(code, 500, "..."),
    allowed: true,
    allow_reason: reason,
    executed: wasExecuted(outcome),
    ...outcomeFields(outcome),
  });
}

function outcomeFields(
  outcome: Exclude<CommandOutcome, { kind: "denied" | "dropped" }>,
): Readonly<Record<string, Json>> {
  switch (outcome.kind) {
    case "ran":
      return {
        returncode: outcome.returnCode,
        stdout: outputOf(outcome.stdout),
        stderr: outputOf(outcome.stderr),
        timeout: false,
      };
    case "timed-out":
      return { timeout: true, error: `タイムアウト (${pythonRepr(outcome.seconds)}秒)` };
    case "failed":
      return { error: outcome.error };
    case "cancelled":
      return outcome.started ? { timeout: false, error: outcome.error } : { error: outcome.error };
  }
}

const outputOf = (text: string): string => firstCodePoints(unifyLineEnds(text), 1000);
