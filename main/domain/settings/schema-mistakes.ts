import type { z } from "zod";
import { didYouMean } from "./did-you-mean";
import { describeExpectation, isList, knownKeys, knownWords, schemaAt } from "./expectation";
import { showValue, type SettingsMistake } from "./mistake";

function valueAt(document: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === "object" && value !== null && Object.hasOwn(value, key)
        ? (value as Record<PropertyKey, unknown>)[key]
        : undefined,
    document,
  );
}

function suggest(word: unknown, known: readonly string[]): string {
  const close = typeof word === "string" ? didYouMean(word, known) : null;
  return close === null ? "" : `; did you mean "${close}"?`;
}

/** Expected and found of a list that is too short or too long; null where that is not the mistake. */
function listLength(issue: z.core.$ZodIssue, schema: unknown, found: unknown): string | null {
  if ((issue.code !== "too_small" && issue.code !== "too_big") || !Array.isArray(found) || !isList(schema))
    return null;
  const limit = Number(issue.code === "too_small" ? issue.minimum : issue.maximum);
  const bound = issue.exact === true ? "exactly" : issue.code === "too_small" ? "at least" : "at most";
  return `expected a list with ${bound} ${limit} ${limit === 1 ? "entry" : "entries"}, found ${found.length}`;
}

/** What one issue of a schema (`root`) means for the operator who wrote the document. */
export function schemaMistakes(
  root: z.ZodType,
  issue: z.core.$ZodIssue,
  document: unknown,
): SettingsMistake[] {
  const { path } = issue;
  const schema = schemaAt(root, path, document);
  if (issue.code === "unrecognized_keys") {
    const keys = knownKeys(schema);
    return issue.keys.map((key) => ({
      path: [...path, key],
      text: `unknown key; expected one of ${keys.join(", ")}${suggest(key, keys)}`,
    }));
  }
  const found = valueAt(document, path);
  const length = listLength(issue, schema, found);
  if (length !== null) return [{ path, text: length }];
  // A schema with words of its own knows better than its kind does.
  const isWorded = issue.code === "invalid_format" && issue.message.startsWith("expected ");
  const expected = isWorded ? issue.message : `expected ${describeExpectation(schema)}`;
  return [{ path, text: `${expected}, found ${showValue(found)}${suggest(found, knownWords(schema))}` }];
}
