/** Fewest single-character edits (insert, delete, replace, swap of neighbours) that turn one word into the other. */
function editDistance(left: string, right: string): number {
  const rows: number[][] = [Array.from({ length: right.length + 1 }, (_, column) => column)];
  for (let row = 1; row <= left.length; row++) {
    const current = [row];
    for (let column = 1; column <= right.length; column++) {
      const above = rows[row - 1] as number[];
      const same = left[row - 1] === right[column - 1];
      let best = Math.min(
        (above[column] as number) + 1,
        (current[column - 1] as number) + 1,
        (above[column - 1] as number) + (same ? 0 : 1),
      );
      if (row > 1 && column > 1 && left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1])
        best = Math.min(best, (rows[row - 2]?.[column - 2] as number) + 1);
      current.push(best);
    }
    rows.push(current);
  }
  return rows[left.length]?.[right.length] as number;
}

/** Letters and digits only, lower case: so that `state_dir` and `StateDir` are recognised as `stateDir`. */
const plain = (word: string): string => word.toLowerCase().replace(/[^a-z0-9]/g, "");

/** The known word a mistyped one most likely stands for; null when none is close. */
export function didYouMean(word: string, known: readonly string[]): string | null {
  if (word.length > 64) return null;
  let best: { word: string; distance: number } | null = null;
  for (const candidate of known) {
    const distance = editDistance(plain(word), plain(candidate));
    if (distance <= Math.max(1, Math.floor(candidate.length / 3)) && distance < (best?.distance ?? Infinity))
      best = { word: candidate, distance };
  }
  return best?.word ?? null;
}
