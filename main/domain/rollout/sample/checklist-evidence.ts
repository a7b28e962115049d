import { checklistFileSchema, type ChecklistEvidence } from "#contract/rollout/observation";
import { documentSpan, elementSpans, memberSpan, TextPlaces } from "./json-place";
import { readJson, unreadable, type Source } from "./source";

/** Items of the sign-off checklist (spec/tau/live-run.md §6), each with its own place in the file. */
export function checklistEvidence(source: Source): ChecklistEvidence {
  const read = readJson(source, checklistFileSchema);
  if (!read.ok) return { ...read.sourced, items: [] };
  const { content, text } = read;
  const seen = new Set<string>();
  for (const [at, { id }] of content.items.entries()) {
    if (seen.has(id))
      return {
        ...unreadable(
          source.path,
          `items[${at}].id: expected each item once, found ${JSON.stringify(id)} twice`,
        ),
        items: [],
      };
    seen.add(id);
  }
  const list = memberSpan(text, documentSpan(text), "items");
  const spans = list === null ? [] : elementSpans(text, list);
  const places = new TextPlaces(source.path, text);
  return {
    ...read.sourced,
    items: content.items.flatMap((item, at) => {
      const span = spans[at];
      return span === undefined ? [] : { ...item, record: places.record(span) };
    }),
  };
}
