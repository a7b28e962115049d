import type { OutputLine } from "#contract/driver";

/** Lines kept per run in the window; the host keeps its own, and says what it dropped. */
export const keptOutputLines = 5_000;

/**
 * Joins lines already here with more of the same run, in order of their numbers, each once. Announced lines come in
 * order, so the common case only appends; answers to `driver.output` may overlap.
 */
export function mergeOutput(
  known: readonly OutputLine[],
  more: readonly OutputLine[],
  kept: number = keptOutputLines,
): readonly OutputLine[] {
  const last = known.at(-1)?.number ?? -1;
  const first = more[0]?.number;
  if (first === undefined) return known;
  if (first > last) return [...known, ...more].slice(-kept);
  const byNumber = new Map<number, OutputLine>();
  for (const line of known) byNumber.set(line.number, line);
  for (const line of more) byNumber.set(line.number, line);
  return [...byNumber.values()].sort((left, right) => left.number - right.number).slice(-kept);
}
