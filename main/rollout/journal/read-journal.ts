import { BridgeError } from "#contract/envelope";
import { openForReading, type OpenedFile } from "../../watch/file-identity";
import { describeFileError } from "../../watch/file-problem";
import { JournalFold } from "./journal-fold";
import { maximumLineBytes } from "./journal-line";
import { readLineBatches } from "./line-batches";

const nothing = Buffer.alloc(0);

/** A journal's chain as far as it holds, and the bytes of a torn line after it. */
export interface ReadJournal {
  readonly fold: JournalFold;
  readonly tornBytes: number;
}

/**
 * Reads, verifies and folds the journal at `file`; `path` names it in problems. Rejects with a `BridgeError`
 * (`not_found`) when there is none. Whatever else is wrong is the fold's problem.
 */
export async function readJournal(file: string, path: string): Promise<ReadJournal> {
  const opened = await openForReading(file);
  if (opened.kind === "absent") throw new BridgeError("not_found", `There is no journal ${path}.`);
  const fold = new JournalFold(path);
  if (opened.kind === "problem") {
    fold.stop({ expected: "a file that can be read", found: opened.problem }, nothing);
    return { fold, tornBytes: 0 };
  }
  try {
    return { fold, tornBytes: await foldFile(fold, opened.file) };
  } catch (error) {
    fold.stop({ expected: "a file that can be read", found: describeFileError(error) }, nothing);
    return { fold, tornBytes: 0 };
  } finally {
    await opened.file.handle.close();
  }
}

/** Folds every whole line; gives the number of bytes after the last newline, where the chain holds so far. */
async function foldFile(fold: JournalFold, { handle, size }: OpenedFile): Promise<number> {
  for await (const { lines, tail, tailTooLong } of readLineBatches(handle, 0, size)) {
    if (!lines.every((line) => fold.takeLine(line))) return 0;
    if (tail === null) continue;
    if (tailTooLong) {
      // No append of ours is that long, so it was not torn off one.
      const expected = `a line of at most ${maximumLineBytes} bytes`;
      fold.stop({ expected, found: `more than ${tail.length - 1} without a newline` }, tail);
      return 0;
    }
    if (fold.end.sequence > 0) return tail.length;
    const found = tail.length === 0 ? "an empty file" : `${tail.length} bytes without a newline`;
    fold.stop({ expected: "the rollout's first entry", found }, tail);
  }
  return 0;
}
