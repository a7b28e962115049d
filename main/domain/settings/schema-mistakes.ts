import type { z } from "zod";
import { didYouMean } from "./did-you-mean";
import { describeExpectation, knownKeys, knownWords, schemaAt } from "./expectation";
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

/** What an issue expected, where the schema's kind alone does not say it. */
function expectationOf(issue: z.core.$ZodIssue, schema: unknown, found: unknown): string {
  if (issue.code === "invalid_format" && issue.message.startsWith("expected ")) return issue.message;
  if ((issue.code === "too_small" || issue.code === "too_big") && Array.isArray(found)) {
    const limit = issue.code === "too_small" ? issue.minimum : issue.maximum;
    const bound = issue.exact === true ? "exactly" : issue.code === "too_small" ? "at least" : "at most";
    return `expected a list with ${bound} ${limit} entries`;
  }
  return `expected ${describeExpectation(schema)}`;
}

/** What one issue of a schema (`root`) means for the operator who wrote the document. */
export function schemaMistakes(
  root: z.ZodType,
  issue: z.core.$ZodIssue,
  document: unknown,
): SettingsMistake[] {
  const schema = schemaAt(root, issue.path, document);
  if (issue.code === "unrecognized_keys") {
    const keys = knownKeys(schema);
    return issue.keys.map((key) => ({
      path: [...issue.path, key],
      text: `unknown key; expected one of ${keys.join(", ")}${suggest(key, keys)}`,
    }));
  }
  const found = valueAt(document, issue.path);
  const shown =
    Array.isArray(found) && (issue.code === "too_small" || issue.code === "too_big")
      ? `${found.length}`
      : showValue(found);
  return [
    {
      path: issue.path,
      text: `${expectationOf(issue, schema, found)}, found ${shown}${suggest(found, knownWords(schema))}`,
    },
  ];
}
