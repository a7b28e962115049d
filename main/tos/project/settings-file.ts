import { join } from "node:path";
import { tosSettingsFile, tosSettingsSchema, type TosSettings } from "#contract/tos/settings";
import { showPath } from "#domain/settings/mistake";
import { schemaMistakes } from "#domain/settings/schema-mistakes";
import { readStrictDocument } from "#domain/settings/strict-document";
import { readSettingsText } from "../../workspace/settings-file";

/** What a project without `.gatehouse/tos.json` has: both APIs, and PowerShell only. */
export const defaultTosSettings: TosSettings = tosSettingsSchema.parse({ schemaVersion: 1 });

/** `problem` is empty when the file is right or absent; otherwise one line for each mistake, and the settings are the defaults. */
export interface TosSettingsReading {
  readonly settings: TosSettings;
  readonly problem: string;
}

/** Reads how Gatehouse runs the project. Never rejects; every problem names the file, the field and what was expected. */
export async function readTosSettings(root: string): Promise<TosSettingsReading> {
  const source = await readSettingsText(join(root, tosSettingsFile));
  if (source.kind === "missing") return { settings: defaultTosSettings, problem: "" };
  if (source.kind === "unreadable") return wrong([`${tosSettingsFile}: ${source.problem}`]);
  const read = readStrictDocument(source.text, tosSettingsFile);
  if (!read.ok) return wrong([read.error]);
  const parsed = tosSettingsSchema.safeParse(read.document);
  if (parsed.success) return { settings: parsed.data, problem: "" };
  const mistakes = parsed.error.issues.flatMap((issue) =>
    schemaMistakes(tosSettingsSchema, issue, read.document),
  );
  return wrong(mistakes.map(({ path, text }) => `${tosSettingsFile}: ${showPath(path)}: ${text}`));
}

function wrong(problems: readonly string[]): TosSettingsReading {
  return { settings: defaultTosSettings, problem: problems.join("\n") };
}
