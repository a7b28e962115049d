import { randomBytes } from "node:crypto";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { TosRunView } from "#contract/tos/progress";
import { foldRun } from "#domain/tos/runs/fold-run";
import { progressFileOf, runOfProgressFile, runsFolder } from "#domain/tos/runs/run-files";
import { isRunId, runIdAfter } from "#domain/tos/runs/run-identifier";
import { isSameProcessAlive } from "../../system/process-identity";
import { isAbsent } from "../../watch/file-problem";
import { readProgress } from "./progress-file";

/** Identifiers of a project's runs, newest first; none when nothing has run. Rejects with the system's error. */
export async function runIds(root: string): Promise<string[]> {
  let names: string[];
  try {
    names = await readdir(join(root, runsFolder));
  } catch (error) {
    if (isAbsent(error)) return [];
    throw error;
  }
  return names
    .flatMap((name) => runOfProgressFile(name, isRunId) ?? [])
    .toSorted()
    .toReversed();
}

/** An identifier for the next run of a project. */
export async function nextRunId(root: string, unixMs: number): Promise<string> {
  return runIdAfter((await runIds(root))[0] ?? null, unixMs, randomBytes(2).toString("hex"));
}

/** A run as its progress file tells it now; null when it has told nothing yet. Rejects with the system's error. */
export async function readRun(root: string, runId: string): Promise<TosRunView | null> {
  const path = progressFileOf(runId);
  const entries = await readProgress(join(root, path), 0);
  return entries.length === 0 ? null : foldRun(runId, path, entries, isSameProcessAlive);
}

/** The newest runs of a project, newest first. Rejects with the system's error. */
export async function readRuns(root: string, limit: number): Promise<TosRunView[]> {
  const runs = await Promise.all((await runIds(root)).slice(0, limit).map((runId) => readRun(root, runId)));
  return runs.filter((run) => run !== null);
}
