import type { Json } from "../../json";

/** A step log in which nothing happened: all 35 keys in their order (spec/tos/orchestrator.md §12). */
export const emptyStepLog = {
  phase: null,
  step_num: null,
  timestamp: null,
  done: false,
  done_reason: null,
  error: null,
  message: null,
  stopped: false,
  is_experimental: false,
  s5_flag: false,
  job_loop_enabled: false,
  job_name: null,
  job_index: null,
  job_payload: null,
  job_payload_present: false,
  job_payload_size: 0,
  job_result_written: false,
  job_result_path: null,
  models_used: null,
  prompts_used: null,
  final_commands: null,
  allowlist_summary: null,
  draft: null,
  draft_raw: null,
  review: null,
  review_raw: null,
  final: null,
  final_raw: null,
  execution: null,
  next_phase_name: null,
  next_phase_done_condition: null,
  next_instruction_id: null,
  next_instruction_summary: null,
  next_instruction_inputs: null,
  next_instruction_expected_outputs: null,
} satisfies Readonly<Record<string, Json>>;

export type StepLogKey = keyof typeof emptyStepLog;

/** File of a step's log: at least three digits. */
export function stepLogName(step: number): string {
  const width = step < 0 ? 2 : 3;
  return `step_${step < 0 ? "-" : ""}${String(Math.abs(step)).padStart(width, "0")}.json`;
}

/** Why a step was passed over, for console and summary. */
export function skipReason(step: number): string {
  return `${stepLogName(step)} が既に存在するためスキップ`;
}
