import type { Json, JsonObject } from "../../json";
import { compareBytes, trimText } from "../../text";

/**
 * A count map of an inspection: how many records say each word, keys in byte order. Words are trimmed; blank ones do
 * not count (spec/tau/health.md §4).
 */
export function countWords(words: readonly string[]): JsonObject {
  const counts = new Map<string, number>();
  for (const word of words.map(trimText)) if (word !== "") counts.set(word, (counts.get(word) ?? 0) + 1);
  return sortedCounts(counts);
}

/** A count map of status codes, as decimal strings; 0 does not count (spec/tau/health.md §4). */
export function countStatusCodes(codes: readonly number[]): JsonObject {
  return countWords(codes.map((code) => (code === 0 ? "" : String(code))));
}

export function sortedCounts(counts: ReadonlyMap<string, number>): JsonObject {
  return new Map<string, Json>([...counts].toSorted(([left], [right]) => compareBytes(left, right)));
}

export function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
