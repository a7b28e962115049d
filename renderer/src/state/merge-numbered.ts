/**
 * Joins entries already here with more of the same sequence, in order of their numbers, each once, the newest `kept`.
 * What is announced comes in order, so the common case only appends; answers to a request may overlap.
 */
export function mergeNumbered<Entry>(
  known: readonly Entry[],
  more: readonly Entry[],
  numberOf: (entry: Entry) => number,
  kept: number,
): readonly Entry[] {
  const [first] = more;
  if (first === undefined) return known;
  const last = known.at(-1);
  if (last === undefined || numberOf(first) > numberOf(last)) return [...known, ...more].slice(-kept);
  const byNumber = new Map<number, Entry>();
  for (const entry of known) byNumber.set(numberOf(entry), entry);
  for (const entry of more) byNumber.set(numberOf(entry), entry);
  return [...byNumber.values()].sort((left, right) => numberOf(left) - numberOf(right)).slice(-kept);
}
