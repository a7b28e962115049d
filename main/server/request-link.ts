import { z } from "zod";
import { BridgeError } from "#contract/envelope";

const answerSchema = z.object({ ok: z.literal(true), value: z.object({ url: z.string() }) });

/**
 * Asks a running server for a link that opens its console in one more browser. Rejects with `unavailable` when it does
 * not answer as it should.
 */
export async function requestLink(server: { url: string; bearer: string }): Promise<string> {
  try {
    const response = await fetch(`${server.url}/api/link`, {
      method: "POST",
      headers: { Authorization: `Bearer ${server.bearer}`, "Content-Type": "application/json" },
      body: "{}",
      signal: AbortSignal.timeout(5_000),
    });
    return answerSchema.parse(await response.json()).value.url;
  } catch (error) {
    throw new BridgeError("unavailable", `The console at ${server.url} does not answer.`, [String(error)]);
  }
}
