import type { ModelRole } from "#contract/tos/vocabulary";
import { jsonObject, type Json, type JsonObject } from "../../json";
import { printPythonCompact, printPythonIndented } from "./python-json";
import { isTruthy } from "./python-values";

/** What a step that ran left for the drafts of later steps of the same run. */
export interface HistoryEntry {
  readonly step: number;
  readonly summary: Json;
}

/** The first prompt of a draft (spec/tos/orchestrator.md §6); `payload` is null when there is none. */
export function draftPrompt(
  template: string,
  step: number,
  history: readonly HistoryEntry[],
  payload: Json,
): string {
  const entries = history.map((entry): JsonObject =>
    jsonObject({ step: entry.step, summary: entry.summary }),
  );
  return fill(template, [
    ["step_num", String(step)],
    ["history_json", printPythonCompact(entries)],
    ["job_payload_json", isTruthy(payload) ? printPythonCompact(payload) : "null"],
  ]);
}

export function reviewPrompt(template: string, step: number, draft: Json): string {
  return fill(template, [
    ["step_num", String(step)],
    ["draft_json", printPythonIndented(draft)],
  ]);
}

export function finalPrompt(template: string, step: number, draft: Json, review: Json): string {
  return fill(template, [
    ["step_num", String(step)],
    ["draft_json", printPythonIndented(draft)],
    ["review_json", printPythonIndented(review)],
  ]);
}

/** The prompt after a reply that was not JSON; prefixes pile up. */
export function retryPrompt(prefix: string, previous: string): string {
  return `${prefix}\n\n${previous}`;
}

/** Key of the configuration a role's template stands under. */
export function templateName(role: ModelRole): string {
  return `${role}_prompt_template`;
}

/** One placeholder after another, everywhere: what a value brings in is replaced by the later ones too. */
function fill(template: string, values: readonly (readonly [name: string, value: string])[]): string {
  let text = template;
  for (const [name, value] of values) text = text.replaceAll(`{${name}}`, () => value);
  return text;
}
