import { BridgeError } from "#contract/envelope";
import type { EventRow } from "#contract/requests";
import { maximumLineBytes, maximumRecordText } from "#domain/fold/event-fold";
import { cycleFigures, readEventLine } from "#domain/fold/event-line";
import { isUtf8 } from "node:buffer";
import type { FileHandle } from "node:fs/promises";
import { openForReading, readFully } from "./file-identity";

/** Where a line stands in its log. */
export interface LinePlace {
  readonly line: number;
  readonly byteOffset: number;
  readonly bytes: number;
}

/** What a line says, from its bytes without the newline. `maximumText` cuts the text that is shown. */
function describeLine(place: LinePlace, bytes: Buffer, maximumText: number): EventRow {
  const whole = bytes.length === place.bytes;
  const decoded = bytes.toString("utf8");
  const row = { ...place, text: decoded.replace(/\r$/u, "").slice(0, maximumText) };
  if (!whole)
    return {
      ...row,
      cycle: null,
      problem: `the line has ${place.bytes} bytes; at most ${maximumLineBytes} are read`,
    };
  if (!isUtf8(bytes)) return { ...row, cycle: null, problem: "the line is not UTF-8 text" };
  const line = readEventLine(decoded);
  if (line.kind === "valid") return { ...row, cycle: cycleFigures(line), problem: "" };
  return { ...row, cycle: null, problem: line.kind === "blank" ? "the line is blank" : line.problem };
}

/** Lines next to each other are read together up to this many bytes. */
const groupBytes = 1_048_576;

/** Reads lines of a log from disk, in the order asked. Rejects with `conflict` when the file is another by now. */
export async function readRows(
  path: string,
  inode: string,
  places: readonly LinePlace[],
  maximumText = maximumRecordText,
): Promise<EventRow[]> {
  if (places.length === 0) return [];
  const opened = await openForReading(path);
  if (opened.kind === "problem") throw new BridgeError("unreadable", `${path}: ${opened.problem}`);
  if (opened.kind === "absent" || opened.file.inode !== inode) {
    if (opened.kind === "opened") await opened.file.handle.close();
    throw new BridgeError(
      "conflict",
      `${path} was replaced or removed while its lines were read; ask again.`,
    );
  }
  const { handle } = opened.file;
  try {
    const first = Math.min(...places.map((place) => place.byteOffset));
    const last = Math.max(...places.map((place) => place.byteOffset + place.bytes));
    if (last - first > groupBytes) return await readOneByOne(handle, places, maximumText);
    const buffer = Buffer.allocUnsafe(last - first);
    const read = await readFully(handle, buffer, 0, buffer.length, first);
    if (read < buffer.length) throw shortened(path);
    return places.map((place) =>
      describeLine(
        place,
        buffer.subarray(place.byteOffset - first, place.byteOffset - first + place.bytes),
        maximumText,
      ),
    );
  } finally {
    await handle.close();
  }
}

async function readOneByOne(
  handle: FileHandle,
  places: readonly LinePlace[],
  maximumText: number,
): Promise<EventRow[]> {
  const rows: EventRow[] = [];
  for (const place of places) {
    const buffer = Buffer.allocUnsafe(Math.min(place.bytes, maximumLineBytes));
    const read = await readFully(handle, buffer, 0, buffer.length, place.byteOffset);
    if (read < buffer.length) throw shortened("The log");
    rows.push(describeLine(place, buffer, maximumText));
  }
  return rows;
}

function shortened(path: string): BridgeError {
  return new BridgeError("conflict", `${path} was cut short while its lines were read; ask again.`);
}
