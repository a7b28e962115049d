import { BridgeError } from "#contract/envelope";
import type { JournalEntry, RolloutEvent } from "#contract/rollout/journal";
import { JournalFile, type OpenFile } from "./journal-file";
import type { JournalFold } from "./journal-fold";
import { encodeEntry } from "./journal-line";
import { readCheck, readTimeline } from "./journal-reading";
import type { RolloutJournal, WritableJournal } from "./journal-types";
import type { ReadJournal } from "./read-journal";

/** A journal to be looked at. `file` is where it is, the fold's path how it is named. */
export function readOnlyJournal(
  rolloutId: string,
  file: string,
  { fold, tornBytes }: ReadJournal,
): RolloutJournal {
  return {
    rolloutId,
    path: fold.path,
    tornBytes,
    get state() {
      return fold.end.state;
    },
    get entries() {
      return fold.end.sequence;
    },
    get problem() {
      return fold.problem;
    },
    timeline: (query) => readTimeline(file, fold, query),
    check: (number) => readCheck(file, fold, number),
    trends: () => fold.trends,
  };
}

/**
 * A journal to be continued; a torn last line is cut off first. Rejects with a `BridgeError` (`unavailable`) when the
 * file may not be written. `onClose` is called once no more can be appended.
 */
export async function writableJournal(
  rolloutId: string,
  file: string,
  read: ReadJournal,
  openFile: OpenFile,
  onClose: () => void,
): Promise<WritableJournal> {
  const { fold } = read;
  // A chain that is broken stays as it is, to the last byte: it is evidence.
  const target =
    fold.problem === null
      ? await JournalFile.open(file, fold.end.byteOffset, read.tornBytes, openFile)
      : null;
  let queue: Promise<unknown> = Promise.resolve();
  let closed: Promise<void> | null = null;
  const journal = {
    append(events: readonly RolloutEvent[]): Promise<JournalEntry> {
      if (closed !== null) return Promise.reject(new BridgeError("conflict", `${fold.path} was closed.`));
      const appended = queue.then(() => appendEntry(fold, target, events));
      queue = appended.catch(() => undefined);
      return appended;
    },
    close(): Promise<void> {
      closed ??= queue.then(async () => {
        await target?.close();
        onClose();
      });
      return closed;
    },
  };
  return Object.defineProperties(
    journal as WritableJournal,
    Object.getOwnPropertyDescriptors(readOnlyJournal(rolloutId, file, read)),
  );
}

async function appendEntry(
  fold: JournalFold,
  target: JournalFile | null,
  events: readonly RolloutEvent[],
): Promise<JournalEntry> {
  if (target === null) {
    throw new BridgeError("conflict", `Nothing is appended to a journal whose chain is broken.`, [
      fold.problem?.message ?? "",
    ]);
  }
  const { sequence, hash } = fold.end;
  const { entry, bytes } = encodeEntry(sequence + 1, hash, events);
  // Before the disk: a line that nothing can be made of must not be on it.
  const folded = fold.fold(entry);
  await target.append(bytes);
  fold.takeEntry(entry, bytes.length - 1, folded);
  return entry;
}
