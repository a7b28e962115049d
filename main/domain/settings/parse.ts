import { workspaceSettingsSchema, type WorkspaceSettings } from "#contract/settings";
import { JsonSyntaxError, parseJson } from "#domain/json-parse";
import { showPath } from "./mistake";
import { checkPaths } from "./paths";
import { checkRules } from "./rules";
import { schemaMistakes } from "./schema-mistakes";

/** Settings in full, or every mistake found, one line each. `document` is what the file says, without defaults. */
export type ParsedSettings =
  | { ok: true; settings: WorkspaceSettings; document: Record<string, unknown> }
  | { ok: false; errors: string[] };

/** What a workspace without a settings file has: all five surfaces observed in `.tau/<surface>`. */
export const defaultSettings: WorkspaceSettings = workspaceSettingsSchema.parse({
  schemaVersion: 1,
  surfaces: {},
});

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
    : parsed.error.issues.flatMap((issue) => schemaMistakes(workspaceSettingsSchema, issue, document));
  if (parsed.success && mistakes.length === 0)
    return { ok: true, settings: parsed.data, document: document as Record<string, unknown> };
  return { ok: false, errors: mistakes.map(({ path, text: what }) => `${file}: ${showPath(path)}: ${what}`) };
}
