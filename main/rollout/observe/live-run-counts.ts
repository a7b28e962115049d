import type { Occurrence } from "#contract/rollout/observation";
import { maximumLineBytes, maximumRecordText, type EventFold } from "#domain/fold/event-fold";
import { codesOfLiveRun } from "#domain/rollout/sample/browser-sample";
import { maximumOccurrences } from "#domain/rollout/sample/counted-lines";
import type { FollowedLog } from "../../watch/followed-log";
import { newestFirst, type CodeCounts } from "./code-counts";
import { rowsOf } from "./log-rows";

/** Lines that are read at a time. */
const batchLines = 256;

/**
 * Counts the runs of a live log by their figures (spec/tau/rollout.md §1, browser column): its lines carry codes of their
 * own, which are not the counted ones. Each line is read once; a log that was replaced is counted from its beginning, and so is one in which other
 * codes are asked for.
 */
export class LiveRunCounts {
  #fold: EventFold | null = null;
  #codes: readonly string[] = [];
  #lines = 0;
  #counts = new Map<string, number>();
  /** Newest occurrences of each code, oldest first. */
  #newest = new Map<string, Occurrence[]>();

  #pending: Promise<unknown> = Promise.resolve();

  /** Takes in what is new. Rejects with a `BridgeError` when the log was replaced meanwhile. */
  update(log: FollowedLog, codes: readonly string[], shownPath: string): Promise<CodeCounts> {
    // One after the other: a check that gave up waiting has left its reading going on.
    const done = this.#pending.then(() => this.#update(log, codes, shownPath));
    this.#pending = done.catch(() => undefined);
    return done;
  }

  async #update(log: FollowedLog, codes: readonly string[], shownPath: string): Promise<CodeCounts> {
    const { fold, path, inode } = log;
    if (fold !== this.#fold || codes.join("\n") !== this.#codes.join("\n")) {
      this.#fold = fold;
      this.#codes = [...codes];
      this.#lines = 0;
      this.#counts = new Map();
      this.#newest = new Map();
    }
    while (this.#lines < fold.lines) {
      const until = Math.min(this.#lines + batchLines, fold.lines);
      const numbers = Array.from({ length: until - this.#lines }, (_, at) => this.#lines + 1 + at);
      const rows = await rowsOf({ path, inode, fold }, numbers, maximumLineBytes);
      for (const { line, byteOffset, text, cycle } of rows) {
        if (cycle === null) continue;
        for (const code of codesOfLiveRun(cycle).filter((each) => codes.includes(each)))
          this.#add({
            code,
            record: { path: shownPath, line, byteOffset, text: text.slice(0, maximumRecordText) },
          });
      }
      this.#lines = until;
    }
    const newest = new Map(this.#newest);
    return {
      counts: Object.fromEntries(codes.map((code) => [code, this.#counts.get(code) ?? 0])),
      occurrencesAfter: (line) =>
        Promise.resolve(
          codes
            .flatMap((code) => newest.get(code) ?? [])
            .filter(({ record }) => (record.line ?? 0) > line)
            .toSorted(newestFirst),
        ),
    };
  }

  #add(occurrence: Occurrence): void {
    const { code } = occurrence;
    this.#counts.set(code, (this.#counts.get(code) ?? 0) + 1);
    this.#newest.set(code, [...(this.#newest.get(code) ?? []), occurrence].slice(-maximumOccurrences));
  }
}
