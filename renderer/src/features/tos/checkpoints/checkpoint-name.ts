const day = /^\d{4}-\d{2}-\d{2}/;

/**
 * The name a checkpoint of today is proposed with: `daily_yyyyMMdd` (spec/tos/governance.md §8, daily routine), in UTC
 * as everything on screen, with `_2`, `_3` … where the day already has one. Takes Unix milliseconds.
 */
export function proposedName(unixMs: number, names: readonly string[]): string {
  const [date = ""] = day.exec(new Date(unixMs).toISOString()) ?? [];
  const first = `daily_${date.replaceAll("-", "")}`;
  const taken = new Set(names);
  let name = first;
  for (let number = 2; taken.has(name); number += 1) name = `${first}_${number}`;
  return name;
}

/** The first characters of a commit's hash, as git shows them. */
export function shortHash(hash: string): string {
  return hash.slice(0, 8);
}
