import { applyPatch, structuredPatch } from "diff";
import type { DiffRow } from "../checkpoints/diff/diff-rows";

/** Longest time (milliseconds) a difference is looked for; two texts with nothing in common could take very long. */
const longestMs = 1_000;

function row(line: string, before: number, after: number): DiffRow {
  const text = line.slice(1).replace(/\r$/, "");
  switch (line[0]) {
    case "+":
      return { kind: "added", text, before: null, after };
    case "-":
      return { kind: "removed", text, before, after: null };
    case "\\":
      return { kind: "note", text: line.slice(2), before: null, after: null };
    default:
      return { kind: "same", text, before, after };
  }
}

/**
 * What an edit changes, as the rows of a unified diff with three lines around each change; empty when nothing differs.
 * Null when the texts differ so much that no difference was found in time.
 */
export function configDiff(before: string, after: string): readonly DiffRow[] | null {
  const patch = structuredPatch("before", "after", before, after, undefined, undefined, {
    context: 3,
    timeout: longestMs,
  });
  if (patch === undefined) return null;
  return patch.hunks.flatMap((hunk) => {
    let oldLine = hunk.oldStart;
    let newLine = hunk.newStart;
    const head = `@@ -${hunk.oldStart},${hunk.oldLines} +${hunk.newStart},${hunk.newLines} @@`;
    const rows: DiffRow[] = [{ kind: "hunk", text: head, before: null, after: null }];
    for (const line of hunk.lines) {
      rows.push(row(line, oldLine, newLine));
      if (line[0] === " " || line[0] === "-") oldLine += 1;
      if (line[0] === " " || line[0] === "+") newLine += 1;
    }
    return rows;
  });
}

/**
 * The edit from `base` to `mine`, made to `theirs` instead; null where `theirs` changed what the edit is about, so that
 * a person has to do it.
 */
export function mergedEdit(base: string, mine: string, theirs: string): string | null {
  const patch = structuredPatch("base", "mine", base, mine, undefined, undefined, {
    context: 1,
    timeout: longestMs,
  });
  if (patch === undefined) return null;
  const merged = applyPatch(theirs, patch, { autoConvertLineEndings: false });
  return merged === false ? null : merged;
}
