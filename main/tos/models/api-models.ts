import type { TosSettings } from "#contract/tos/settings";
import type { ModelRole } from "#contract/tos/vocabulary";
import { askAnthropic } from "./anthropic";
import { parseBaseUrl } from "./base-url";
import type { ModelAnswer, Models } from "./models";
import { askOpenAi } from "./openai";
import { keyRemover } from "./secrets";

/** What the reference's library waits for one message of Anthropic, in milliseconds. */
const anthropicTimeoutMs = 600_000;

/** Names of the keys, in the order in which they are asked for (spec/tos/orchestrator.md §5). */
export const keyNames = ["OPENAI_API_KEY", "ANTHROPIC_API_KEY"] as const;
export type KeyName = (typeof keyNames)[number];

/** Addresses of both APIs, or what is wrong with one of them. */
export type ApiAddresses =
  | { readonly ok: true; readonly openai: string; readonly anthropic: string }
  | { readonly ok: false; readonly problem: string };

type ApiSettings = Extract<TosSettings["models"], { provider: "api" }>;

/** Where both APIs are: the environment wins over the settings, and without either it is the providers' own addresses. */
export function apiAddresses(
  settings: ApiSettings,
  environment: Readonly<Record<string, string | undefined>>,
): ApiAddresses {
  const choose = (variable: string, field: "openaiBaseUrl" | "anthropicBaseUrl", usual: string) => {
    const named = environment[variable];
    if (named !== undefined && named !== "") return parseBaseUrl(named, variable);
    return parseBaseUrl(settings[field] ?? usual, `.gatehouse/tos.json: models.${field}`);
  };
  const openai = choose("OPENAI_BASE_URL", "openaiBaseUrl", "https://api.openai.com/v1");
  if (!openai.ok) return openai;
  const anthropic = choose("ANTHROPIC_BASE_URL", "anthropicBaseUrl", "https://api.anthropic.com");
  if (!anthropic.ok) return anthropic;
  return { ok: true, openai: openai.url, anthropic: anthropic.url };
}

export interface ApiAccess {
  readonly openai: string;
  readonly anthropic: string;
  readonly keys: Readonly<Record<KeyName, string>>;
  /** `timeout_sec` of the configuration, in milliseconds; it is not for Anthropic. */
  readonly openaiTimeoutMs: number;
}

/** The models behind both APIs: OpenAI drafts and decides, Anthropic reviews. No answer's detail ever holds a key. */
export function apiModels({ openai, anthropic, keys, openaiTimeoutMs }: ApiAccess): Models {
  const withoutKeys = keyRemover(Object.values(keys));
  const provider = (role: ModelRole): string => (role === "review" ? "Anthropic" : "OpenAI");
  return {
    provider,
    async ask(question, signal) {
      const answer =
        question.role === "review"
          ? await askAnthropic(
              question,
              { baseUrl: anthropic, key: keys.ANTHROPIC_API_KEY, timeoutMs: anthropicTimeoutMs },
              signal,
            )
          : await askOpenAi(
              question,
              { baseUrl: openai, key: keys.OPENAI_API_KEY, timeoutMs: openaiTimeoutMs },
              signal,
            );
      return withCleanDetail(answer, withoutKeys);
    },
  };
}

function withCleanDetail(answer: ModelAnswer, clean: (text: string) => string): ModelAnswer {
  return answer.kind === "failed" || answer.kind === "unusable"
    ? { ...answer, detail: clean(answer.detail) }
    : answer;
}
