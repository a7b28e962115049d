import { join } from "node:path";
import { scriptedRepliesSchema, type ScriptedReplies } from "#contract/tos/settings";
import { showPath } from "#domain/settings/mistake";
import { schemaMistakes } from "#domain/settings/schema-mistakes";
import { readStrictDocument } from "#domain/settings/strict-document";
import { readSettingsText } from "../../workspace/settings-file";
import type { Models } from "./models";

/** The replies of a file, or every mistake found in it, each in a line that names the file and the field. */
export type RepliesReading =
  | { readonly ok: true; readonly replies: ScriptedReplies }
  | { readonly ok: false; readonly problems: readonly string[] };

/** Reads the replies of the scripted provider; `file` is relative to the project's root. Never rejects. */
export async function readReplies(root: string, file: string): Promise<RepliesReading> {
  const source = await readSettingsText(join(root, file));
  if (source.kind === "missing")
    return { ok: false, problems: [`${file}: expected a file of scripted replies, found none`] };
  if (source.kind === "unreadable") return { ok: false, problems: [`${file}: ${source.problem}`] };
  const read = readStrictDocument(source.text, file);
  if (!read.ok) return { ok: false, problems: [read.error] };
  const parsed = scriptedRepliesSchema.safeParse(read.document);
  if (parsed.success) return { ok: true, replies: parsed.data };
  const mistakes = parsed.error.issues.flatMap((issue) =>
    schemaMistakes(scriptedRepliesSchema, issue, read.document),
  );
  return { ok: false, problems: mistakes.map(({ path, text }) => `${file}: ${showPath(path)}: ${text}`) };
}

/**
 * Models that replay a file. The step's number chooses the reply, and a step beyond the last entry takes the last, so
 * that a run that was broken off and taken up again gets the same answers.
 */
export function scriptedModels(
  { delayMs, steps }: ScriptedReplies,
  sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>,
): Models {
  return {
    provider: () => "scripted",
    async ask({ step, role }, signal) {
      if (delayMs > 0) await sleep(delayMs, signal).catch(() => undefined);
      if (signal.aborted) return { kind: "failed", detail: "cancelled" };
      const entry = steps[Math.min(Math.max(step, 1), steps.length) - 1];
      if (entry === undefined) return { kind: "failed", detail: "the scripted replies hold no step" };
      return { kind: "text", text: entry[role] };
    },
  };
}
