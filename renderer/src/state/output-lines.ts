import type { OutputLine } from "#contract/driver";
import { mergeNumbered } from "./merge-numbered";

/** Lines kept per run in the window; the host keeps its own, and says what it dropped. */
export const keptOutputLines = 5_000;

/** Joins lines already here with more of the same run, in order of their numbers, each once. */
export function mergeOutput(
  known: readonly OutputLine[],
  more: readonly OutputLine[],
  kept: number = keptOutputLines,
): readonly OutputLine[] {
  return mergeNumbered(known, more, (line) => line.number, kept);
}
