import { rolloutProfileSchema, type RolloutProfile } from "#contract/rollout/profile";
import { JsonSyntaxError, parseJson } from "../../json-parse";
import { showPath } from "../../settings/mistake";
import { schemaMistakes } from "../../settings/schema-mistakes";
import { profileProblems } from "../profile-rules";

/** A profile in full, or every mistake found, one line each that names the file, the field and what was expected. */
export type ParsedProfile =
  | { readonly ok: true; readonly profile: RolloutProfile }
  | { readonly ok: false; readonly problems: readonly string[] };

/** Parses the text of `.gatehouse/profiles/<id>.json`; `file` names it in messages. Its `id` must be the file's name. */
export function parseProfile(text: string, file: string, id: string): ParsedProfile {
  const json = text.startsWith("\uFEFF") ? text.slice(1) : text;
  const refused = (problems: readonly string[]): ParsedProfile => ({
    ok: false,
    problems: problems.map((problem) => `${file}: ${problem}`),
  });
  try {
    // The strict reader names a line, and refuses a key that is given twice.
    parseJson(json);
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error;
    return { ok: false, problems: [`${file} is not valid JSON: ${error.message}`] };
  }
  const document: unknown = JSON.parse(json);
  const parsed = rolloutProfileSchema.safeParse(document);
  if (!parsed.success)
    return refused(
      parsed.error.issues
        .flatMap((issue) => schemaMistakes(rolloutProfileSchema, issue, document))
        .map(({ path, text: what }) => `${showPath(path)}: ${what}`),
    );
  const profile = parsed.data;
  const problems = [
    ...(profile.id === id ? [] : [`id: expected "${id}", the file's name, found "${profile.id}"`]),
    ...profileProblems(profile),
  ];
  return problems.length === 0 ? { ok: true, profile } : refused(problems);
}
