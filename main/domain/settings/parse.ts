import { workspaceSettingsSchema, type WorkspaceSettings } from "#contract/settings";
import { JsonSyntaxError, parseJson } from "#domain/json-parse";
import type { z } from "zod";
import { didYouMean } from "./did-you-mean";
import { describeExpectation, knownKeys, knownWords, schemaAt } from "./expectation";
import { showPath, showValue, type SettingsMistake } from "./mistake";
import { checkPaths } from "./paths";
import { checkRules } from "./rules";

/** Settings in full, or every mistake found, one line each. `document` is what the file says, without defaults. */
export type ParsedSettings =
  | { ok: true; settings: WorkspaceSettings; document: Record<string, unknown> }
  | { ok: false; errors: string[] };

/** What a workspace without a settings file has: all five surfaces observed in `.tau/<surface>`. */
export const defaultSettings: WorkspaceSettings = workspaceSettingsSchema.parse({
  schemaVersion: 1,
  surfaces: {},
});

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

function mistakesOf(issue: z.core.$ZodIssue, document: unknown): SettingsMistake[] {
  const schema = schemaAt(workspaceSettingsSchema, issue.path, document);
  if (issue.code === "unrecognized_keys") {
    const keys = knownKeys(schema);
    return issue.keys.map((key) => ({
      path: [...issue.path, key],
      text: `unknown key; expected one of ${keys.join(", ")}${suggest(key, keys)}`,
    }));
  }
  const found = valueAt(document, issue.path);
  return [
    {
      path: issue.path,
      text: `expected ${describeExpectation(schema)}, found ${showValue(found)}${suggest(found, knownWords(schema))}`,
    },
  ];
}

/**
 * Parses the text of a settings file. Every mistake becomes one line that names the file, the key path (for a syntax
 * error the line and column), what was expected and what was found. Never throws.
 */
export function parseSettings(text: string, file: string): ParsedSettings {
  const json = text.startsWith("\uFEFF") ? text.slice(1) : text;
  try {
    // JSON.parse would keep one of two equal keys without a word and name no line; the strict reader comes first.
    parseJson(json);
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error;
    return { ok: false, errors: [`${file} is not valid JSON: ${error.message}`] };
  }
  const document: unknown = JSON.parse(json);
  const parsed = workspaceSettingsSchema.safeParse(document);
  const mistakes = parsed.success
    ? [...checkPaths(parsed.data), ...checkRules(parsed.data)]
    : parsed.error.issues.flatMap((issue) => mistakesOf(issue, document));
  if (parsed.success && mistakes.length === 0)
    return { ok: true, settings: parsed.data, document: document as Record<string, unknown> };
  return { ok: false, errors: mistakes.map(({ path, text: what }) => `${file}: ${showPath(path)}: ${what}`) };
}
