import { z } from "zod";
import type { Endpoint } from "./endpoint";
import { postJson } from "./http-exchange";
import type { ModelAnswer, ModelQuestion } from "./models";

/** `content[0].text`; whatever else an answer holds is not looked at. */
const answerSchema = z.object({
  content: z.tuple([z.object({ text: z.string() })], z.unknown()),
});

/** Version of the messages API whose shapes these are. */
const apiVersion = "2023-06-01";

/**
 * Asks the messages of Anthropic (spec/tos/orchestrator.md §6). Every failure may be asked again, also an answer without
 * content. Unlike the reference's library, nothing is asked again in secret.
 */
export async function askAnthropic(
  { model, prompt }: ModelQuestion,
  { baseUrl, key, timeoutMs }: Endpoint,
  signal: AbortSignal,
): Promise<ModelAnswer> {
  const url = `${baseUrl}/v1/messages`;
  const body = { model, max_tokens: 2000, messages: [{ role: "user", content: prompt }] };
  const headers = { "x-api-key": key, "anthropic-version": apiVersion };
  const result = await postJson({ url, headers, body, timeoutMs }, signal);
  if (result.kind === "failed") return result;
  const parsed = answerSchema.safeParse(result.value);
  if (parsed.success) return { kind: "text", text: parsed.data.content[0].text };
  return {
    kind: "failed",
    detail: `answer of ${url}: expected content[0].text, found something else`,
  };
}
