import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { z } from "zod";
import { rolloutSummarySchema } from "#contract/rollout/view";
import { writeDurable } from "../../system/write-durable";

/** What a journal came to when its file had this signature (`fileSignature`). */
const cachedSchema = z.object({
  signature: z.string(),
  /** Null when the journal gives no state to summarise. */
  summary: rolloutSummarySchema.nullable(),
  problem: z.string(),
});
export type CachedRollout = z.infer<typeof cachedSchema>;

const cacheSchema = z.object({
  schemaVersion: z.literal(1),
  checksum: z.string(),
  rollouts: z.record(z.string(), cachedSchema),
});

/** The cache of the history by rollout; empty when it is missing or cannot be trusted, for it can always be made anew. */
export async function readHistoryCache(file: string): Promise<Map<string, CachedRollout>> {
  try {
    const { rollouts, checksum } = cacheSchema.parse(JSON.parse(await readFile(file, "utf8")));
    return checksum === checksumOf(rollouts) ? new Map(Object.entries(rollouts)) : new Map();
  } catch {
    return new Map();
  }
}

/** A cache that cannot be written costs time at the next listing, nothing else. */
export async function writeHistoryCache(
  file: string,
  cache: ReadonlyMap<string, CachedRollout>,
): Promise<void> {
  const rollouts = Object.fromEntries(cache);
  const text = JSON.stringify({ schemaVersion: 1, checksum: checksumOf(rollouts), rollouts });
  await writeDurable(file, `${text}\n`).catch(() => undefined);
}

function checksumOf(rollouts: Record<string, CachedRollout>): string {
  return createHash("sha256").update(JSON.stringify(rollouts)).digest("hex");
}
