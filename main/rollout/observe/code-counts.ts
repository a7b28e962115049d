import type { Occurrence } from "#contract/rollout/observation";
import { newestLines } from "#domain/rollout/sample/counted-lines";
import type { FollowedLog } from "../../watch/followed-log";
import { rowsOf } from "./log-rows";

/** Counts of codes in a followed log, and where they stand in it. */
export interface CodeCounts {
  readonly counts: Record<string, number>;
  /** Newest lines after the given one, newest first, at most 20 per code. */
  occurrencesAfter(line: number): Promise<Occurrence[]>;
}

/**
 * Counts by the reason codes the lines carry (spec/tau/health.md §4). What is counted is as of this call: lines that come
 * while the occurrences are read are left for the next check.
 */
export function reasonCodeCounts(log: FollowedLog, codes: readonly string[], shownPath: string): CodeCounts {
  const { fold, path, inode } = log;
  const totals = fold.reasonCodeCounts();
  const lastLine = fold.lines;
  return {
    counts: Object.fromEntries(codes.map((code) => [code, totals.get(code) ?? 0])),
    async occurrencesAfter(line) {
      const byCode = newestLines(fold, codes, line);
      const numbers = [...new Set([...byCode.values()].flat())].filter((number) => number <= lastLine);
      const rows = await rowsOf({ path, inode, fold }, numbers);
      const texts = new Map(rows.map((row) => [row.line, row]));
      return codes
        .flatMap((code) =>
          (byCode.get(code) ?? []).flatMap((number) => {
            const row = texts.get(number);
            if (row === undefined) return [];
            const { byteOffset, text } = row;
            return { code, record: { path: shownPath, line: number, byteOffset, text } };
          }),
        )
        .toSorted(newestFirst);
    },
  };
}

/** Orders occurrences from the newest line to the oldest. */
export function newestFirst(left: Occurrence, right: Occurrence): number {
  return (right.record.line ?? 0) - (left.record.line ?? 0);
}
