import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { cleanedFiles, stepsFolder } from "#domain/tos/launcher/cleaned-files";
import { ScriptError } from "#domain/tos/launcher/outcome";
import { describeFileError, isAbsent } from "../../watch/file-problem";

/**
 * Removes the run state in the launcher's fixed places (launcher.md §2); results, generated files, the job's input and
 * the summaries stay. Rejects with a `ScriptError` that names the file which could not be removed.
 */
export async function cleanUp(root: string, print: (line: string) => void): Promise<void> {
  print("cleanup start");
  for (const file of cleanedFiles(await namesIn(join(root, stepsFolder)))) {
    try {
      await rm(join(root, file), { force: true });
    } catch (error) {
      throw new ScriptError(`${file} cannot be removed: ${describeFileError(error)}`);
    }
  }
  print("cleanup done");
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (isAbsent(error)) return [];
    throw error;
  }
}
