import { workspaceSettingsSchema, type WorkspaceSettings } from "#contract/settings";
import { showPath } from "./mistake";
import { checkPaths } from "./paths";
import { checkRules } from "./rules";
import { schemaMistakes } from "./schema-mistakes";
import { readStrictDocument } from "./strict-document";

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
  const read = readStrictDocument(text, file);
  if (!read.ok) return { ok: false, errors: [read.error] };
  const { document } = read;
  const parsed = workspaceSettingsSchema.safeParse(document);
  const mistakes = parsed.success
    ? [...checkPaths(parsed.data), ...checkRules(parsed.data)]
    : parsed.error.issues.flatMap((issue) => schemaMistakes(workspaceSettingsSchema, issue, document));
  if (parsed.success && mistakes.length === 0)
    return { ok: true, settings: parsed.data, document: document as Record<string, unknown> };
  return { ok: false, errors: mistakes.map(({ path, text: what }) => `${file}: ${showPath(path)}: ${what}`) };
}
