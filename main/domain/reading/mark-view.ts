import type { EventLogView } from "#contract/reading";

/** What is kept of a mark, and what became of its log. */
export interface MarkFacts {
  readonly setUnixMs: number;
  readonly afterLine: number;
  readonly counts: Readonly<Record<string, number>>;
  /** The log it was set in was truncated, rotated or replaced. */
  readonly invalidated: boolean;
}

/**
 * Counts since a mark. When the log was replaced the baseline is void and everything in the new log is new
 * (spec/tau/rollout.md §7, 11); without a mark the counts since are the totals.
 */
export function countsSince(
  totals: ReadonlyMap<string, number>,
  mark: MarkFacts | null,
): Pick<EventLogView, "reasonCodeCounts" | "sinceMark" | "mark"> {
  const reasonCodeCounts = Object.fromEntries(totals);
  if (mark === null) return { reasonCodeCounts, sinceMark: reasonCodeCounts, mark: null };
  const { setUnixMs, afterLine, invalidated } = mark;
  const base = (code: string): number =>
    !invalidated && Object.hasOwn(mark.counts, code) ? (mark.counts[code] ?? 0) : 0;
  const since = [...totals]
    .map(([code, count]): [string, number] => [code, Math.max(0, count - base(code))])
    .filter(([, count]) => count > 0);
  return {
    reasonCodeCounts,
    sinceMark: Object.fromEntries(since),
    mark: { setUnixMs, afterLine, invalidated },
  };
}
