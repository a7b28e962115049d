import type { FileHandle } from "node:fs/promises";
import { readFully } from "../../watch/file-identity";
import { maximumLineBytes } from "./journal-line";

const newline = 0x0a;
/** Small enough that working through one does not hold up the event loop for long. */
const chunkBytes = 1_048_576;

/** A piece of a file that ends where a line ends; valid until the next one is asked for. */
export interface LineBatch {
  /** Lines without their newlines. */
  readonly lines: readonly Buffer[];
  /** Bytes after the last newline of the file; null while more follows. */
  readonly tail: Buffer | null;
  /** The tail is longer than any line may be, and was not read to its end. */
  readonly tailTooLong: boolean;
}

/** The lines of a file from `start` on, which is the beginning of one, up to `end` (exclusive) or its real end. */
export async function* readLineBatches(
  handle: FileHandle,
  start: number,
  end: number,
): AsyncGenerator<LineBatch> {
  let buffer = Buffer.allocUnsafe(chunkBytes);
  let held = 0;
  let position = start;
  for (;;) {
    if (held === buffer.length) {
      if (held > maximumLineBytes) {
        yield { lines: [], tail: buffer, tailTooLong: true };
        return;
      }
      const larger = Buffer.allocUnsafe(held * 2);
      buffer.copy(larger, 0, 0, held);
      buffer = larger;
    }
    const wanted = Math.min(buffer.length - held, end - position);
    const read = await readFully(handle, buffer, held, wanted, position);
    position += read;
    const filled = held + read;
    const lines: Buffer[] = [];
    let from = 0;
    for (
      let at = buffer.subarray(0, filled).indexOf(newline, held);
      at >= 0;
      at = buffer.subarray(0, filled).indexOf(newline, from)
    ) {
      lines.push(buffer.subarray(from, at));
      from = at + 1;
    }
    if (read < wanted || position >= end) {
      yield { lines, tail: buffer.subarray(from, filled), tailTooLong: filled - from > maximumLineBytes };
      return;
    }
    if (lines.length > 0) yield { lines, tail: null, tailTooLong: false };
    buffer.copyWithin(0, from, filled);
    held = filled - from;
  }
}
