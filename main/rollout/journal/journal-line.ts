import { isUtf8 } from "node:buffer";
import { createHash } from "node:crypto";
import { BridgeError, describeIssues } from "#contract/envelope";
import { journalEntrySchema, type JournalEntry, type RolloutEvent } from "#contract/rollout/journal";

/** Where an empty journal's chain begins. */
export const firstPreviousHash = "0".repeat(64);
/** Longest line that is written or read, its newline not counted: many times what a check can hold. */
export const maximumLineBytes = 16 * 1_048_576;

const hashKey = ',"hash":"';
const hashLength = 64;
const ending = '"}';
const suffixBytes = hashKey.length + hashLength + ending.length;

/** An entry, and the bytes of its line with the newline. */
export interface EncodedEntry {
  readonly entry: JournalEntry;
  readonly bytes: Buffer;
}

/** Why a line is not the next one of its chain. */
export interface BrokenLine {
  readonly expected: string;
  readonly found: string;
}

export type DecodedLine =
  { readonly ok: true; readonly entry: JournalEntry } | ({ readonly ok: false } & BrokenLine);

/**
 * The line that continues a chain. The entry is what reading the line gives, so that what is in force is what is on
 * disk. Throws a `BridgeError` (`internal`) for events that no line can hold.
 */
export function encodeEntry(
  sequence: number,
  previousHash: string,
  events: readonly RolloutEvent[],
): EncodedEntry {
  const body = JSON.stringify({ sequence, previousHash, events }).slice(0, -1);
  const hash = sha256(Buffer.from(body));
  const text = `${body}${hashKey}${hash}${ending}`;
  const parsed = journalEntrySchema.safeParse(JSON.parse(text));
  if (!parsed.success) {
    throw new BridgeError("internal", "These events cannot be journaled.", describeIssues(parsed.error));
  }
  const bytes = Buffer.from(`${text}\n`);
  if (bytes.length - 1 > maximumLineBytes) {
    const message = `An entry of ${bytes.length - 1} bytes cannot be journaled: expected at most ${maximumLineBytes}.`;
    throw new BridgeError("internal", message);
  }
  return { entry: parsed.data, bytes };
}

/**
 * Reads one line, without its newline, as the entry that follows `previousHash`. The hash is taken of the bytes as they
 * stand, never of what they parse to, so that no byte can change unnoticed.
 */
export function decodeLine(bytes: Buffer, sequence: number, previousHash: string): DecodedLine {
  if (!isUtf8(bytes)) return broken("UTF-8 text", "bytes that are not");
  const bodyBytes = Math.max(0, bytes.length - suffixBytes);
  const suffix = bytes.toString("latin1", bodyBytes);
  const hash = suffix.slice(hashKey.length, -ending.length);
  if (suffix !== `${hashKey}${hash}${ending}` || !/^[0-9a-f]{64}$/.test(hash)) {
    return broken("an entry that ends in its hash", "a line that does not");
  }
  const actual = sha256(bytes.subarray(0, bodyBytes));
  if (actual !== hash) return broken(`hash ${actual}, that of the line's bytes`, `hash ${hash}`);
  let value: unknown;
  try {
    value = JSON.parse(bytes.toString("utf8"));
  } catch (error) {
    return broken("a JSON object", (error as Error).message);
  }
  const parsed = journalEntrySchema.safeParse(value);
  if (!parsed.success) {
    return broken("an entry of a rollout's journal", describeIssues(parsed.error).slice(0, 5).join("; "));
  }
  const entry = parsed.data;
  if (entry.sequence !== sequence) return broken(`sequence ${sequence}`, `sequence ${entry.sequence}`);
  if (entry.previousHash !== previousHash) {
    return broken(`previousHash ${previousHash}`, `previousHash ${entry.previousHash}`);
  }
  return { ok: true, entry };
}

function broken(expected: string, found: string): DecodedLine {
  return { ok: false, expected, found };
}

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
