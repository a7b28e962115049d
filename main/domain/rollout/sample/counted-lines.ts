import type { SurfaceBaseline } from "#contract/rollout/journal";
import type { SurfaceSample } from "#contract/rollout/observation";
import { lineStates } from "../../fold/event-scanner";
import type { EventFold } from "../../fold/event-fold";
import { isReset } from "../baseline";

/** Newest lines kept of each code. */
export const maximumOccurrences = 20;

/**
 * The line behind which everything is new: the baseline's, while the log is still the one it was taken from, else 0
 * (spec/tau/rollout.md §7 row 11: a log that was truncated, rotated or replaced is new as a whole).
 */
export function lineOfBaseline(
  sample: Pick<SurfaceSample, "log" | "counts">,
  since: SurfaceBaseline | null,
): number {
  return since === null || isReset(sample, since) ? 0 : since.lines;
}

/** Newest lines after `afterLine` that carry one of the codes, by code, newest first, at most 20 each. */
export function newestLines(
  fold: EventFold,
  codes: readonly string[],
  afterLine: number,
): Map<string, number[]> {
  const found = new Map(codes.map((code): [string, number[]] => [code, []]));
  const wanted = new Map<number, readonly string[]>();
  for (let id = 0; id < fold.sets.size; id += 1) {
    const carried = codes.filter((code) => fold.sets.at(id)?.counted.includes(code) ?? false);
    if (carried.length > 0) wanted.set(id, carried);
  }
  if (wanted.size === 0) return found;
  let open = codes.length;
  const oldest = Math.max(afterLine + 1, fold.index.firstLine);
  for (let line = fold.lines; line >= oldest && open > 0; line -= 1) {
    const indexed = fold.index.at(line);
    if (indexed === null || indexed.state === lineStates.blank || indexed.state === lineStates.invalid)
      continue;
    for (const code of wanted.get(indexed.codeSet) ?? []) {
      const lines = found.get(code);
      if (lines === undefined || lines.length === maximumOccurrences) continue;
      lines.push(line);
      if (lines.length === maximumOccurrences) open -= 1;
    }
  }
  return found;
}
