import type { RunPhase } from "#contract/tos/vocabulary";
import { jsonObject, type Json, type JsonObject } from "../../json";
import { pythonRepr } from "./python-repr";
import type { PythonNumber } from "./python-values";
import { doneReasons, nextPhase } from "./fixed-texts";

/** What every state of one run says alike. */
export interface StateFacts {
  /** State of the run before; its `previous_phase` is kept. */
  readonly before: JsonObject | null;
  /** To be stored: `indexAfter` of the job. */
  readonly jobIndex: PythonNumber | null;
  readonly timestamp: string;
}

/** After a step that ran: the next one judges whether the goal is reached. */
export function executeState(facts: StateFacts, step: number): JsonObject {
  return phaseState(facts, "execute", step + 1, doneReasons.execute);
}

/** After a step of which every command was denied; `reasons` joined by `; `. */
export function denyState(facts: StateFacts, step: number, reasons: string): JsonObject {
  return phaseState(facts, "deny", step + 1, `deny: ${reasons}`);
}

/** `error` as in the step log: `draft生成失敗`. */
export function fatalErrorState(facts: StateFacts, step: number, error: string): JsonObject {
  return phaseState(facts, "fatal_error", step, `fatal_error: ${error}`);
}

export function doneState(facts: StateFacts, step: number): JsonObject {
  return phaseState(facts, "done", step, doneReasons.done, nextPhase.next_instruction_id);
}

export function maxStepsState(facts: StateFacts, maxSteps: number): JsonObject {
  const reason = doneReasons.maxSteps(maxSteps);
  return phaseState(facts, "max_steps_reached", maxSteps + 1, reason);
}

export function jobLoopCompleteState(
  facts: StateFacts,
  startStep: number,
  maxJobs: PythonNumber,
): JsonObject {
  return phaseState(facts, "job_loop_complete", startStep, doneReasons.jobLoopComplete(pythonRepr(maxJobs)));
}

/** `phase_state.json`, keys in the order of spec/tos/orchestrator.md §11. */
function phaseState(
  { before, jobIndex, timestamp }: StateFacts,
  phase: RunPhase,
  currentStep: number,
  reason: string,
  nextInstruction: Json = null,
): JsonObject {
  return jsonObject({
    current_phase: phase,
    previous_phase: before?.get("previous_phase") ?? "S-4",
    current_step: currentStep,
    last_done: phase === "done" || phase === "job_loop_complete",
    last_done_reason: reason,
    next_instruction_id: nextInstruction,
    job_index: jobIndex,
    updated_at: timestamp,
  });
}
