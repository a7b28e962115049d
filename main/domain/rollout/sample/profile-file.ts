import { rolloutProfileSchema, type RolloutProfile } from "#contract/rollout/profile";
import { showPath } from "../../settings/mistake";
import { schemaMistakes } from "../../settings/schema-mistakes";
import { readStrictDocument } from "../../settings/strict-document";
import { profileProblems } from "../profile-rules";

/** A profile in full, or every mistake found, one line each that names the file, the field and what was expected. */
export type ParsedProfile =
  | { readonly ok: true; readonly profile: RolloutProfile }
  | { readonly ok: false; readonly problems: readonly string[] };

/** Parses the text of `.gatehouse/profiles/<id>.json`; `file` names it in messages. Its `id` must be the file's name. */
export function parseProfile(text: string, file: string, id: string): ParsedProfile {
  const refused = (problems: readonly string[]): ParsedProfile => ({
    ok: false,
    problems: problems.map((problem) => `${file}: ${problem}`),
  });
  const read = readStrictDocument(text, file);
  if (!read.ok) return { ok: false, problems: [read.error] };
  const { document } = read;
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
