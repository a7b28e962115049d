import { open, type FileHandle } from "node:fs/promises";
import { BridgeError } from "#contract/envelope";
import type { JournalEntry, TimelineEntry } from "#contract/rollout/journal";
import { readFully } from "../../watch/file-identity";
import { describeFileError } from "../../watch/file-problem";
import { foldEvents, recordOf, type EntryPlace, type JournalFold } from "./journal-fold";
import { decodeLine, firstPreviousHash } from "./journal-line";
import type { JournaledCheck, TimelinePage, TimelineQuery } from "./journal-types";

interface ReadEntry {
  readonly entry: JournalEntry;
  readonly line: Buffer;
}

/** Entries of a journal that was verified before, newest first. Rejects with a `BridgeError` (`unreadable`). */
export async function readTimeline(
  file: string,
  fold: JournalFold,
  query: TimelineQuery,
): Promise<TimelinePage> {
  const before = query.beforeSequence ?? Number.POSITIVE_INFINITY;
  const matching = query.notableOnly ? fold.places.filter(({ notable }) => notable) : fold.places;
  const wanted = matching
    .filter(({ sequence }) => sequence < before)
    .slice(-query.limit)
    .reverse();
  // Counted before the file is read: entries may be appended meanwhile.
  const total = matching.length;
  const read = await readEntries(file, fold, wanted);
  return { total, entries: read.map(({ entry }, index) => timelineEntry(entry, wanted[index])) };
}

/** One check of a verified journal and the state it was judged in. Rejects with a `BridgeError` (`unreadable`). */
export async function readCheck(
  file: string,
  fold: JournalFold,
  number: number,
): Promise<JournaledCheck | null> {
  const sequence = fold.checks.get(number);
  if (sequence === undefined) return null;
  const start = fold.startBefore(sequence);
  const read = await readEntries(file, fold, fold.places.slice(start.sequence, sequence));
  const last = read.pop();
  if (last === undefined) return null;
  let { state } = start;
  for (const { entry } of read) state = foldEvents(state, entry).state;
  const index = last.entry.events.findIndex(
    (event) => event.type === "check-recorded" && event.check === number,
  );
  const event = last.entry.events[index];
  if (event?.type !== "check-recorded") return null;
  state = foldEvents(state, { ...last.entry, events: last.entry.events.slice(0, index) }).state;
  if (state === null) return null;
  const { type: _type, at: _at, ...check } = event;
  const { byteOffset } = fold.places[sequence - 1] ?? { byteOffset: 0 };
  return { stateBefore: state, check, record: recordOf(fold.path, sequence, byteOffset, last.line) };
}

async function readEntries(
  file: string,
  fold: JournalFold,
  places: readonly EntryPlace[],
): Promise<ReadEntry[]> {
  let handle: FileHandle | null = null;
  try {
    handle = await open(file, "r");
    const read: ReadEntry[] = [];
    for (const place of places) read.push(await readEntry(handle, fold, place));
    return read;
  } catch (error) {
    if (error instanceof BridgeError) throw error;
    throw new BridgeError("unreadable", `${fold.path} cannot be read: ${describeFileError(error)}.`);
  } finally {
    await handle?.close();
  }
}

/** The line must be the very one that was verified: the file may have been changed behind our back since. */
async function readEntry(
  handle: FileHandle,
  fold: JournalFold,
  { sequence, byteOffset, bytes, hash }: EntryPlace,
): Promise<ReadEntry> {
  const buffer = Buffer.alloc(bytes);
  const length = await readFully(handle, buffer, 0, bytes, byteOffset);
  const line = buffer.subarray(0, length);
  const previousHash = fold.places[sequence - 2]?.hash ?? firstPreviousHash;
  const decoded = decodeLine(line, sequence, previousHash);
  if (!decoded.ok || decoded.entry.hash !== hash) {
    const message = `${fold.path}, line ${sequence}, byte ${byteOffset}: changed since the journal was verified.`;
    throw new BridgeError("unreadable", message);
  }
  return { entry: decoded.entry, line };
}

function timelineEntry(entry: JournalEntry, place: EntryPlace | undefined): TimelineEntry {
  const { sequence, hash, events } = entry;
  return { sequence, byteOffset: place?.byteOffset ?? 0, hash, unixMs: events[0]?.at.unixMs ?? 0, events };
}
