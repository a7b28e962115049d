import type { ProgressEntry } from "#contract/tos/progress";
import { mergeNumbered } from "./merge-numbered";

/** Entries kept per run in the window, the newest; the progress file has them all. */
export const keptProgressEntries = 20_000;

/** Runs whose progress is kept in the window: the one under way and those looked at last. */
export const keptProgressRuns = 3;

/** Progress by the run's identifier, in order of first mention. */
export type TosProgress = Readonly<Record<string, readonly ProgressEntry[]>>;

/** The progress with more entries of one run, each once, in their order. The run that was mentioned first goes first. */
export function withProgress(known: TosProgress, runId: string, more: readonly ProgressEntry[]): TosProgress {
  const entries = mergeNumbered(known[runId] ?? [], more, (entry) => entry.sequence, keptProgressEntries);
  const others = Object.entries(known).filter(([id]) => id !== runId);
  return Object.fromEntries([...others.slice(1 - keptProgressRuns), [runId, entries]]);
}
