import { type Client, createRequester } from "#contract/client";
import { type Envelope, BridgeError } from "#contract/envelope";
import type { ServerAddress } from "../../../host/workspace-claim";
import { askConsole } from "../../../server/ask-console";

/** Longest an answer may take: a promotion takes a check of all surfaces first. */
const answerWithinMs = 60_000;

/**
 * Asks the console that has the workspace open, over HTTP with the secret it announced. Requests reject with a
 * `BridgeError`: `unavailable` when nobody answers in time, in which case it is not known whether it acted.
 */
export function createHostRequester(server: ServerAddress, withinMs = answerWithinMs): Client["request"] {
  return createRequester(async (name, input) => {
    try {
      return (await askConsole(server, `/api/${encodeURIComponent(name)}`, input, withinMs)) as Envelope;
    } catch (error) {
      throw new BridgeError("unavailable", `The console at ${server.url} does not answer ${name}.`, [
        describeCause(error),
      ]);
    }
  });
}

/** What `fetch` hides behind "fetch failed". */
function describeCause(error: unknown): string {
  const { message, cause } = error as Error;
  return cause instanceof Error ? `${message}: ${cause.message}` : message;
}
