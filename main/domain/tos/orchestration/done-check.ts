import { consoleLines } from "./console-lines";

/** Encodings a result file is tried in. `shift_jis` is cp932, by the name the web gives it. */
export type ResultEncoding = "utf-8" | "utf-16le" | "utf-16be" | "shift_jis";

/** Reads bytes strictly; null when they are not text of the encoding. A byte order mark may be kept or dropped. */
export type DecodeBytes = (encoding: ResultEncoding, bytes: Uint8Array) => string | null;

export interface DoneJudgement {
  readonly done: boolean;
  /** What the console says of it. */
  readonly lines: readonly string[];
}

const keywords = ["合計:", "平均:", "件数:"] as const;
const withoutMark = "UTF-16 stream does not start with BOM";

/**
 * Whether the goal is reached (spec/tos/orchestrator.md §9): all three keywords stand anywhere in the file. `bytes` is
 * null when there is none. Text of an even length that is no UTF-8 and has no byte order mark, yet reads as UTF-16, ends
 * the check without an answer, as in the reference.
 */
export function judgeResult(bytes: Uint8Array | null, decode: DecodeBytes): DoneJudgement {
  if (bytes === null) return { done: false, lines: [consoleLines.resultMissing()] };
  const text = decode("utf-8", bytes) ?? decodeMarkedUtf16(bytes, decode);
  if (text === undefined) return { done: false, lines: [consoleLines.doneCheckFailed(withoutMark)] };
  const readable = text ?? decode("utf-16le", bytes) ?? decode("shift_jis", plainCp932(bytes));
  if (readable === null) return { done: false, lines: [consoleLines.resultUnreadable()] };
  const missing = keywords.filter((keyword) => !readable.includes(keyword));
  if (missing.length > 0) return { done: false, lines: [consoleLines.keywordsMissing(missing)] };
  return { done: true, lines: [consoleLines.resultComplete()] };
}

/** As Python's `utf-16`: null for what does not decode, undefined for what decodes but has no byte order mark. */
function decodeMarkedUtf16(bytes: Uint8Array, decode: DecodeBytes): string | null | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return decode("utf-16le", bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return decode("utf-16be", bytes);
  return decode("utf-16le", bytes) === null ? null : undefined;
}

/**
 * cp932 of Python reads a few single bytes that the web's does not, as characters of private use: none of them is part of
 * a keyword, so that any other character may stand there.
 */
function plainCp932(bytes: Uint8Array): Uint8Array {
  const plain = bytes.slice();
  for (let at = 0; at < plain.length; at += 1) {
    const byte = plain[at] ?? 0;
    if (byte === 0x80 || byte === 0xa0 || byte >= 0xfd) plain[at] = 0x3f;
    else if ((byte >= 0x81 && byte <= 0x9f) || byte >= 0xe0) at += 1;
  }
  return plain;
}
