import { z } from "zod";
import type { ModelAnswer, ModelQuestion } from "./models";
import { postJson } from "./http-exchange";
import type { Endpoint } from "./endpoint";

/** `choices[0].message.content`; whatever else an answer holds is not looked at. */
const answerSchema = z.object({
  choices: z.tuple([z.object({ message: z.object({ content: z.string().nullable() }) })], z.unknown()),
});

/**
 * Asks the chat completions of OpenAI (spec/tos/orchestrator.md §6). Any transport failure, status of 400 and above, or
 * body that is not JSON may be asked again; JSON without an answer in it may not.
 */
export async function askOpenAi(
  { model, prompt }: ModelQuestion,
  { baseUrl, key, timeoutMs }: Endpoint,
  signal: AbortSignal,
): Promise<ModelAnswer> {
  const url = `${baseUrl}/chat/completions`;
  const body = {
    model,
    messages: [{ role: "user", content: prompt }],
    temperature: 0.7,
    max_tokens: 2000,
  };
  const headers = { Authorization: `Bearer ${key}` };
  const result = await postJson({ url, headers, body, timeoutMs }, signal);
  if (result.kind === "failed") return result;
  const parsed = answerSchema.safeParse(result.value);
  if (!parsed.success)
    return {
      kind: "unusable",
      url,
      detail: "expected text or null, found an answer without it",
    };
  const { content } = parsed.data.choices[0].message;
  return content === null ? { kind: "nothing" } : { kind: "text", text: content };
}
