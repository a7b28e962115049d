/** What the value of a defined key must be. */
export type ValueKind =
  "text" | "yes or no" | "whole number" | "number" | "allow or deny" | "list of texts" | "list of patterns";

/** A branch of the configuration: its keys, each a value or a branch of its own. */
export interface KeyBranch {
  readonly [key: string]: ValueKind | KeyBranch;
}

/**
 * Every key that `config_v0_3.json` has, and no other (spec/tos/governance.md §3, "Defined config key paths"; which of
 * the numbers are whole: spec/tos/orchestrator.md §4). `json_retry_prefix` is missing on purpose: the code reads it, but
 * nothing defines it.
 */
export const definedKeys: KeyBranch = {
  config_version: "text",
  sprint: "text",
  s5_settings: {
    enabled: "yes or no",
    description: "text",
    experimental_warning: "yes or no",
    job_loop: {
      enabled: "yes or no",
      max_jobs: "whole number",
      job_name: "text",
      job_input: { path: "text", required: "yes or no" },
      job_result: { path: "text" },
    },
  },
  openai_model: "text",
  anthropic_model: "text",
  max_steps: "whole number",
  api_retry: "whole number",
  json_retry: "whole number",
  timeout_sec: "number",
  workspace_dir: "text",
  logs_dir: "text",
  execution_policy: {
    default_action: "allow or deny",
    stop_on_deny: "yes or no",
    deny_if_contains: "list of texts",
  },
  allow_types: "list of texts",
  deny_patterns: "list of patterns",
  draft_prompt_template: "text",
  review_prompt_template: "text",
  final_prompt_template: "text",
};

/** What a message calls a value of this kind. */
export const kindWords: Readonly<Record<ValueKind, string>> = {
  text: "a string",
  "yes or no": "true or false",
  "whole number": "a whole number",
  number: "a number",
  "allow or deny": '"allow" or "deny"',
  "list of texts": "a list of strings",
  "list of patterns": "a list of regular expressions",
};

/** Paths of all values, such as `execution_policy.stop_on_deny`, in the order of the table. */
export function valuePaths(branch: KeyBranch = definedKeys, prefix = ""): string[] {
  return Object.entries(branch).flatMap(([key, entry]) =>
    typeof entry === "string" ? [prefix + key] : valuePaths(entry, `${prefix}${key}.`),
  );
}

/** Whether the value of a table's entry is a branch. */
export function isBranch(entry: ValueKind | KeyBranch): entry is KeyBranch {
  return typeof entry !== "string";
}
