import { isJsonArray, isJsonObject, type Json, JsonFloat, type JsonObject } from "../../json";
import { memberPath } from "../config-check/problem";
import type { StepLogKey } from "../orchestration/step-log-keys";
import { wrongKind } from "../view/document-problem";
import type { JsonFile } from "./project-reading";

/** Kinds of values a key may hold, as one letter each: string, number, flag, object, list, nothing (null), any. */
export type Kinds = string;

/** The keys of a file the orchestrator writes, each with the kinds of values it may hold. */
export type DocumentShape = Readonly<Record<string, Kinds>>;

/** `phase_state.json` (spec/tos/orchestrator.md §11). */
export const phaseStateShape: DocumentShape = {
  current_phase: "s",
  previous_phase: "a",
  current_step: "n",
  last_done: "f",
  last_done_reason: "s0",
  next_instruction_id: "s0",
  job_index: "n0",
  updated_at: "s",
};

/** `step_NNN.json` (spec/tos/orchestrator.md §12): what a model answered and an operator put in may be anything. */
export const stepLogShape: Readonly<Record<StepLogKey, Kinds>> = {
  phase: "s",
  step_num: "n",
  timestamp: "s",
  done: "f",
  done_reason: "s0",
  error: "s0",
  message: "s0",
  stopped: "f",
  is_experimental: "a",
  s5_flag: "a",
  job_loop_enabled: "a",
  job_name: "a",
  job_index: "a",
  job_payload: "s0",
  job_payload_present: "f",
  job_payload_size: "n",
  job_result_written: "f",
  job_result_path: "s0",
  models_used: "o0",
  prompts_used: "o0",
  final_commands: "a",
  allowlist_summary: "a",
  draft: "a",
  draft_raw: "s0",
  review: "a",
  review_raw: "s0",
  final: "a",
  final_raw: "s0",
  execution: "o0",
  next_phase_name: "s0",
  next_phase_done_condition: "s0",
  next_instruction_id: "s0",
  next_instruction_summary: "s0",
  next_instruction_inputs: "l0",
  next_instruction_expected_outputs: "l0",
};

/** `phase_summary.json` (spec/tos/orchestrator.md §13). */
export const phaseSummaryShape: DocumentShape = {
  generated_at: "s",
  current_phase: "s",
  previous_phase: "s",
  is_experimental: "a",
  experimental: "a",
  job_loop_enabled: "a",
  job_loop: "o",
  job_payload_present: "f",
  job_result_written: "f",
  total_steps: "n",
  success_count: "n",
  fail_count: "n",
  denied_count: "n",
  fatal_error_count: "n",
  stopped_count: "n",
  skipped_count: "n",
  final_done: "a",
  final_phase_result: "o0",
  execution_summary: "o",
  stop_on_deny: "a",
  end_reason: "s0",
  denied_steps: "l",
  fatal_error_steps: "l",
  stopped_steps: "l",
  skipped_steps: "l",
  steps: "l",
  job_result_path: "s0",
  job_result_path_posix: "s0",
};

/** `job_result.json` (spec/tos/orchestrator.md §10). */
export const jobResultShape: DocumentShape = {
  job_name: "a",
  max_jobs: "n",
  jobs_executed: "n",
  end_reason: "s",
  last_phase: "s",
  last_step: "n",
  timestamp: "s",
};

const kindNames: Readonly<Record<string, string>> = {
  s: "a string",
  n: "a number",
  f: "true or false",
  o: "an object",
  l: "a list",
  "0": "null",
};

/** Mistakes of one file that are told; the rest is counted, so that one file does not hide the others. */
const maximumTold = 3;

/** How a document differs from what the orchestrator writes, one line for each key; empty when it does not. */
export function shapeOf(document: JsonObject, shape: DocumentShape, path: string): string[] {
  const mistakes = mistakesOf(document, shape, path);
  const left = mistakes.length - maximumTold;
  return left <= 0 ? mistakes : [...mistakes.slice(0, maximumTold), `${path}: and ${left} more keys`];
}

function mistakesOf(document: JsonObject, shape: DocumentShape, path: string): string[] {
  const extra = [...document.keys()].filter((key) => !Object.hasOwn(shape, key));
  return [
    ...Object.entries(shape).flatMap(([key, kinds]) => {
      const value = document.get(key);
      if (value !== undefined && (kinds === "a" || kinds.includes(letterOf(value)))) return [];
      const found = value === undefined ? "nothing" : (kindNames[letterOf(value)] ?? "another value");
      return [`${path}: ${key}: expected ${expectation(kinds)}, found ${found}`];
    }),
    ...extra.map((key) => `${path}: ${memberPath("", key)}: expected no such key`),
  ];
}

function expectation(kinds: Kinds): string {
  if (kinds === "a") return "a value";
  return kinds
    .split("")
    .map((kind) => kindNames[kind] ?? kind)
    .join(" or ");
}

function letterOf(value: Json): string {
  if (value === null) return "0";
  if (isJsonArray(value)) return "l";
  if (isJsonObject(value)) return "o";
  if (typeof value === "string") return "s";
  if (typeof value === "boolean") return "f";
  return typeof value === "number" || typeof value === "bigint" || value instanceof JsonFloat ? "n" : "a";
}

/** How a file differs from what the orchestrator writes, one line each; empty when it does not, or is not there. */
export function documentMistakes(file: JsonFile, shape: DocumentShape): string[] {
  if (file.state === "missing") return [];
  if (file.value === undefined || !isJsonObject(file.value)) return [file.problem || wrongKind(file)];
  return shapeOf(file.value, shape, file.path);
}
