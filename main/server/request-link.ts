import { z } from "zod";
import { BridgeError } from "#contract/envelope";
import type { ServerAddress } from "../host/workspace-claim";
import { askConsole } from "./ask-console";

const answerSchema = z.object({ ok: z.literal(true), value: z.object({ url: z.string() }) });

/**
 * Asks a running server for a link that opens its console in one more browser. Rejects with `unavailable` when it does
 * not answer as it should.
 */
export async function requestLink(server: ServerAddress): Promise<string> {
  try {
    return answerSchema.parse(await askConsole(server, "/api/link", {}, 5_000)).value.url;
  } catch (error) {
    throw new BridgeError("unavailable", `The console at ${server.url} does not answer.`, [String(error)]);
  }
}
