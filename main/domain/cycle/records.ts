import { byKeys } from "../text";

/** The list with `record` in place of the one with the same key, or at its end, then sorted by `order` (stable, byte order). */
export function upsertRecord<Item>(
  records: readonly Item[],
  record: Item,
  key: (item: Item) => string,
  order: (item: Item) => string,
): readonly Item[] {
  const at = records.findIndex((existing) => key(existing) === key(record));
  const next = at < 0 ? [...records, record] : records.with(at, record);
  return next.toSorted(byKeys(order));
}

/** Text of a MEMORY.md snapshot, without its last newline (spec/tau/surfaces.md §6). */
export function renderSnapshot(heading: string, bullets: readonly string[], empty: string): string {
  const lines = bullets.length > 0 ? bullets : [empty];
  return [`# Tau ${heading}`, "", ...lines.map((line) => `- ${line}`)].join("\n");
}
