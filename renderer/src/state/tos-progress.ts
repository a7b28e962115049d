import type { ProgressEntry } from "#contract/tos/progress";
import { mergeNumbered } from "./merge-numbered";

/** Entries kept per run in the window; the progress file has them all. */
export const keptProgressEntries = 20_000;

/** Runs whose progress is kept in the window: the one under way and those looked at last. */
export const keptProgressRuns = 3;

/** Progress by the run's identifier, in order of last mention. */
export type TosProgress = Readonly<Record<string, readonly ProgressEntry[]>>;

/**
 * At most `kept` entries: the oldest output of commands goes first, so that a talkative command does not push out what
 * its run did before it.
 */
function trimmed(entries: readonly ProgressEntry[], kept: number): readonly ProgressEntry[] {
  let surplus = entries.length - kept;
  if (surplus <= 0) return entries;
  const told = entries.filter(({ event }) => {
    if (surplus === 0 || event.kind !== "command-output") return true;
    surplus -= 1;
    return false;
  });
  return told.slice(-kept);
}

/** The progress with more entries of one run, each once, in their order. The run that was not mentioned longest goes first. */
export function withProgress(
  known: TosProgress,
  runId: string,
  more: readonly ProgressEntry[],
  kept: number = keptProgressEntries,
): TosProgress {
  const entries = mergeNumbered(
    known[runId] ?? [],
    more,
    (entry) => entry.sequence,
    Number.POSITIVE_INFINITY,
  );
  const others = Object.entries(known).filter(([id]) => id !== runId);
  return Object.fromEntries([...others.slice(1 - keptProgressRuns), [runId, trimmed(entries, kept)]]);
}
