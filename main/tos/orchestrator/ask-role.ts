import type { ModelRole } from "#contract/tos/vocabulary";
import type { Json } from "#domain/json";
import type { OrchestratorConfig } from "#domain/tos/orchestration/config";
import { consoleLines } from "#domain/tos/orchestration/console-lines";
import { extractJson } from "#domain/tos/orchestration/extract-json";
import { OrchestratorFault } from "#domain/tos/orchestration/fault";
import { retryPrompt } from "#domain/tos/orchestration/prompts";
import type { ModelQuestion, Models } from "../models/models";
import type { Console } from "./console";
import type { OrchestratorOptions } from "./options";

/** Longest timer the platform keeps, in milliseconds; a longer one would fire at once. */
const longestWaitMs = 2_147_483_647;

/** What a role came to. `raw` is null when the models could not be asked; `extracted` when nothing was to be read. */
export type RoleOutcome =
  | { readonly kind: "answered"; readonly value: Json; readonly raw: string }
  | { readonly kind: "failed"; readonly raw: string | null; readonly extracted: string | null }
  | { readonly kind: "cancelled" };

export interface Asking {
  readonly config: OrchestratorConfig;
  readonly models: Models;
  readonly console: Console;
  readonly options: Pick<OrchestratorOptions, "sleep" | "cancel">;
}

/**
 * Asks a role until its reply is JSON (spec/tos/orchestrator.md §6): `json_retry` prompts beyond the first, each with
 * `api_retry` attempts beyond the first of its own. Rejects with an `OrchestratorFault` for an answer that is none.
 */
export async function askRole(
  asking: Asking,
  step: number,
  role: ModelRole,
  prompt: string,
): Promise<RoleOutcome> {
  const { config, console, options } = asking;
  const model = role === "review" ? config.anthropicModel : config.openaiModel;
  let asked = prompt;
  let last: { readonly raw: string; readonly extracted: string } | null = null;
  for (let retry = 0; retry <= config.jsonRetry; retry++) {
    const raw = await askUntilAnswered(asking, { step, role, model, prompt: asked }, retry + 1);
    if (options.cancel.aborted) return { kind: "cancelled" };
    // What an earlier prompt brought is lost then, as in the reference.
    if (raw === null) return { kind: "failed", raw: null, extracted: null };
    const { parsed, extracted, problem } = extractJson(raw);
    if (parsed !== null) return { kind: "answered", value: parsed, raw };
    last = { raw, extracted };
    if (problem !== "") console.print(consoleLines.jsonFailed(problem));
    if (retry < config.jsonRetry) {
      console.print(consoleLines.promptingAgain(retry + 1, config.jsonRetry));
      asked = retryPrompt(config.jsonRetryPrefix, asked);
    }
  }
  console.print(consoleLines.promptsExhausted());
  return { kind: "failed", raw: last?.raw ?? null, extracted: last?.extracted ?? null };
}

/** The text a model answers one prompt with; null when it did not, or the run was cancelled. */
async function askUntilAnswered(
  { config, models, console, options }: Asking,
  question: ModelQuestion,
  prompt: number,
): Promise<string | null> {
  const { step, role, model } = question;
  const provider = models.provider(role);
  for (let retry = 0; retry <= config.apiRetry; retry++) {
    const attempts = config.apiRetry + 1;
    console.report({
      kind: "model-called",
      step,
      role,
      provider,
      model,
      prompt,
      attempt: retry + 1,
      attempts,
    });
    const answer = await models.ask(question, options.cancel);
    if (options.cancel.aborted) return null;
    if (answer.kind === "text") return answer.text;
    if (answer.kind === "unusable")
      throw new OrchestratorFault(`answer of ${answer.url}`, "choices[0].message.content", answer.detail);
    if (answer.kind === "nothing") break;
    const isLast = retry === config.apiRetry;
    const waitMs = Math.min(1_000 * 2 ** retry, longestWaitMs);
    console.print(consoleLines.callFailed(role === "review" ? "Anthropic" : "OpenAI", answer.detail));
    console.report({
      kind: "model-failed",
      step,
      role,
      detail: answer.detail,
      retryAfterMs: isLast ? null : waitMs,
    });
    if (isLast) break;
    console.print(consoleLines.retrying(retry + 1, config.apiRetry));
    await options.sleep(waitMs, options.cancel).catch(() => undefined);
    if (options.cancel.aborted) return null;
  }
  console.print(consoleLines.callsFailed());
  return null;
}
