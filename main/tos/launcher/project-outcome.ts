import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import {
  isStepFile,
  jobInputFile,
  jobResultFile,
  phaseStateFile,
  phaseSummaryFile,
  stepsFolder,
} from "#domain/tos/launcher/cleaned-files";
import type { ProjectDocument, ProjectOutcome } from "#domain/tos/launcher/outcome";
import { parsePythonJson } from "#domain/tos/orchestration/python-json";
import { describeFileError, isAbsent } from "../../watch/file-problem";

/** Reads what the launcher looks at after a run, in its fixed places (launcher.md §3). Rejects with the system's error. */
export async function readOutcome(root: string): Promise<ProjectOutcome> {
  const names = await stepFiles(root);
  const [phaseState, phaseSummary, steps, result, input] = await Promise.all([
    readDocument(root, phaseStateFile),
    readDocument(root, phaseSummaryFile),
    Promise.all(names.map((file) => readStep(root, file))),
    bytesOf(root, jobResultFile),
    bytesOf(root, jobInputFile),
  ]);
  return {
    phaseState,
    phaseSummary,
    steps,
    jobResult: { path: join(root, jobResultFile), exists: result !== null },
    jobInputBytes: input,
  };
}

/** Names of the step logs in their order; none when there is no folder. */
export async function stepFiles(root: string): Promise<string[]> {
  try {
    return (await readdir(join(root, stepsFolder))).filter(isStepFile).toSorted();
  } catch (error) {
    if (isAbsent(error)) return [];
    throw error;
  }
}

async function readStep(root: string, file: string) {
  const path = `${stepsFolder}/${file}`;
  const document = (await readDocument(root, path)) ?? { kind: "broken", problem: `${path} has vanished` };
  return { file, document } as const;
}

async function readDocument(root: string, path: string): Promise<ProjectDocument | null> {
  try {
    const text = await readFile(join(root, path), "utf8");
    return { kind: "value", value: parsePythonJson(text.replace(/^\uFEFF/, "")) };
  } catch (error) {
    if (isAbsent(error)) return null;
    return { kind: "broken", problem: `${path}: expected JSON: ${describeFileError(error)}` };
  }
}

async function bytesOf(root: string, path: string): Promise<number | null> {
  try {
    return (await stat(join(root, path))).size;
  } catch (error) {
    if (isAbsent(error)) return null;
    throw error;
  }
}
