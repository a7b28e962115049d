/** What decides when a driver runs next. Times are monotonic milliseconds. */
export interface ScheduleFacts {
  nowMs: number;
  intervalMs: number;
  /** When the schedule was begun. */
  begunMs: number;
  /** Place of the surface among its siblings: spreads the first runs. */
  position: number;
  /** Start and end of the newest run since the schedule was begun; null before the first. */
  lastRun: { startedMs: number; finishedMs: number } | null;
  /** Runs in a row that could not even be started. */
  startFailures: number;
}

/** Between the first runs of two surfaces: five processes at once would slow the window's own start. */
export const firstRunSpreadMs = 300;

/** Least pause between two runs, however long the first took: a slow runner must not become a busy loop. */
export const leastPauseMs = 250;

/** A program that cannot be started is tried ever more rarely, but never more rarely than this (or the interval, if longer). */
export const longestBackoffMs = 300_000;

/**
 * Milliseconds until the next run, from start to start. Never more than one run is owed: after a long run or a
 * suspended machine the next comes at once and the missed ones are not made up.
 */
export function untilNextRunMs(facts: ScheduleFacts): number {
  const { lastRun } = facts;
  if (lastRun === null) return Math.max(0, facts.begunMs + facts.position * firstRunSpreadMs - facts.nowMs);
  const backoff = facts.intervalMs * 2 ** Math.min(facts.startFailures, 20);
  const spacing = Math.min(backoff, Math.max(facts.intervalMs, longestBackoffMs));
  const due = Math.max(lastRun.startedMs + spacing, lastRun.finishedMs + leastPauseMs);
  return Math.max(0, due - facts.nowMs);
}
