import { BridgeError } from "#contract/envelope";
import type { SurfaceBaseline } from "#contract/rollout/journal";
import { lineOfBaseline } from "#domain/rollout/sample/counted-lines";
import { noLog, type LogEvidence } from "#domain/rollout/sample/sample-parts";
import type { FollowedLog } from "../../watch/followed-log";
import { describeFileError } from "../../watch/file-problem";
import type { CodeCounts } from "./code-counts";
import { firstLineDigest } from "./first-line";

/** What is asked of one surface's log. */
export interface LogQuestion {
  /** As operators see it. */
  readonly shownPath: string;
  readonly since: SurfaceBaseline | null;
  /** Looks at the log now, whoever follows it. */
  look(): Promise<FollowedLog>;
  count(log: FollowedLog): Promise<CodeCounts> | CodeCounts;
}

/** A log that exists and cannot be used; nothing of it is counted. */
export function unusableLog(shownPath: string, problem: string): LogEvidence {
  return { ...noLog, log: { path: shownPath, identity: "", lines: 0, bytes: 0, problem } };
}

/** What a surface's log says now. Never rejects: a log that cannot be read says why. */
export async function readLogEvidence(question: LogQuestion): Promise<LogEvidence> {
  try {
    // A log that is replaced between the look and the reading of its lines is looked at once more.
    return (await readOnce(question)) ?? (await readOnce(question)) ?? unsettled(question);
  } catch (error) {
    return unusableLog(question.shownPath, `${question.shownPath}: ${describeFileError(error)}`);
  }
}

function unsettled({ shownPath }: LogQuestion): LogEvidence {
  return unusableLog(shownPath, `${shownPath}: it is replaced faster than it can be read`);
}

/** Null when the log was replaced meanwhile. */
async function readOnce(question: LogQuestion): Promise<LogEvidence | null> {
  const { shownPath, since } = question;
  const log = await question.look();
  const { sight } = log.source(Number.POSITIVE_INFINITY);
  if (sight.kind === "absent") return noLog;
  // A line that is not UTF-8 spoils the whole log for the reference (spec/tau/health.md §4); its file can be read.
  if (sight.kind === "problem" && log.fold.firstNotUtf8 === null)
    return unusableLog(shownPath, `${shownPath}: ${sight.problem}`);
  if (log.progress !== null)
    return unusableLog(
      shownPath,
      `${shownPath}: ${log.progress.readBytes} of ${log.progress.totalBytes} bytes have been read so far`,
    );
  const { bytes, generation } = log;
  const { lines, cycles } = log.fold;
  try {
    const counted = await question.count(log);
    const identity = await firstLineDigest(log.path, log.inode);
    if (identity === null) return null;
    const seen = {
      log: {
        path: shownPath,
        identity,
        lines,
        bytes,
        problem: sight.kind === "problem" ? `${shownPath}: ${sight.problem}` : "",
      },
      cycles,
      counts: counted.counts,
    };
    const occurrences = await counted.occurrencesAfter(lineOfBaseline(seen, since));
    // A file that was rewritten in place is still the same file; only following it again tells.
    const after = await question.look();
    if (after !== log || after.generation !== generation) return null;
    return { ...seen, occurrences };
  } catch (error) {
    if (error instanceof BridgeError && error.code === "conflict") return null;
    throw error;
  }
}
