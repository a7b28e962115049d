import { join } from "node:path";
import { summaryOf } from "#domain/rollout/summary";
import { fileSignature } from "../../watch/file-identity";
import { readHistoryCache, writeHistoryCache, type CachedRollout } from "./history-cache";
import type { RolloutHistory, RolloutJournal } from "./journal-types";

/** How many files are asked for at once. */
const together = 64;

/** What the history needs of the store. */
export interface HistorySource {
  /** `index.json` beside the rollouts' folders. */
  readonly cacheFile: string;
  /** Newest first. */
  rolloutIds(): Promise<readonly string[]>;
  journalFile(rolloutId: string): string;
  /** The journal that is open for appending, whose state needs no reading. */
  opened(rolloutId: string): RolloutJournal | null;
  read(rolloutId: string): Promise<RolloutJournal>;
}

/**
 * Every rollout in one line each. Journals that have not changed since the last listing are not read again; reading
 * one lets others run in between. The cache is written when something was read.
 */
export async function listHistory(source: HistorySource): Promise<RolloutHistory> {
  const [ids, cache] = await Promise.all([source.rolloutIds(), readHistoryCache(source.cacheFile)]);
  const signatures = await signaturesOf(ids.map((id) => source.journalFile(id)));
  const listed = new Map<string, CachedRollout>();
  const fresh = new Map<string, CachedRollout>();
  let read = 0;
  for (const [index, id] of ids.entries()) {
    const signature = signatures[index] ?? "";
    const opened = source.opened(id);
    const cached = cache.get(id);
    if (opened !== null) {
      listed.set(id, summarised(signature, opened));
      // Kept as it was: it would be out of date with the next append.
      if (cached !== undefined) fresh.set(id, cached);
      continue;
    }
    const found = cached?.signature === signature ? cached : null;
    const rollout = found ?? (await readRollout(source, id, signature));
    if (found === null) read += 1;
    listed.set(id, rollout);
    fresh.set(id, rollout);
  }
  const gone = [...cache.keys()].some((id) => !listed.has(id));
  if (read > 0 || gone) await writeHistoryCache(source.cacheFile, fresh);
  return historyOf(listed);
}

/** The signature from before the reading: a journal that grows meanwhile is read again at the next listing. */
async function readRollout(source: HistorySource, id: string, signature: string): Promise<CachedRollout> {
  try {
    return summarised(signature, await source.read(id));
  } catch (error) {
    return { signature, summary: null, problem: (error as Error).message };
  }
}

function summarised(signature: string, { state, problem }: RolloutJournal): CachedRollout {
  const text = problem?.message ?? "";
  return { signature, summary: state === null ? null : summaryOf(state, text), problem: text };
}

async function signaturesOf(files: readonly string[]): Promise<string[]> {
  const signatures: string[] = [];
  for (let start = 0; start < files.length; start += together) {
    signatures.push(...(await Promise.all(files.slice(start, start + together).map(fileSignature))));
  }
  return signatures;
}

function historyOf(listed: ReadonlyMap<string, CachedRollout>): RolloutHistory {
  const entries = [...listed];
  return {
    rollouts: entries.flatMap(([, { summary }]) => (summary === null ? [] : [summary])),
    unreadable: entries.flatMap(([rolloutId, { summary, problem }]) =>
      summary === null ? [{ rolloutId, problem }] : [],
    ),
  };
}

/** File of the cache in the folder of the rollouts. */
export function historyCacheFile(rolloutsFolder: string): string {
  return join(rolloutsFolder, "index.json");
}
