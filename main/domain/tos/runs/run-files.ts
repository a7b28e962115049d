import { tosFolder } from "#contract/tos/settings";

/** Folder of the runs, relative to the project's root. */
export const runsFolder = `${tosFolder}/runs`;

/** Names the process that works on the project, relative to its root (governance G43). */
export const lockFile = `${tosFolder}/lock.json`;

/** What operators knew of and went on in spite of, one line each, relative to the project's root. */
export const acknowledgedFile = `${tosFolder}/acknowledged.jsonl`;

/** Progress of a run, relative to the project's root. */
export function progressFileOf(runId: string): string {
  return `${runsFolder}/${runId}.jsonl`;
}

/** Who asked a run to end and why, relative to the project's root. */
export function cancelFileOf(runId: string): string {
  return `${runsFolder}/${runId}.cancel.json`;
}

/** The run whose progress a file of the runs' folder holds; null when it is no such file. */
export function runOfProgressFile(name: string, isRunId: (name: string) => boolean): string | null {
  const runId = name.endsWith(".jsonl") ? name.slice(0, -".jsonl".length) : "";
  return isRunId(runId) ? runId : null;
}
