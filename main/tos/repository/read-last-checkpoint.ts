import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { parseLastCheckpoint } from "#domain/tos/repository/last-checkpoint";

/** The file that says where a rollback without a target goes (seed 004, last_checkpoint.txt). */
export function lastCheckpointPath(root: string): string {
  return join(root, "logs", "last_checkpoint.txt");
}

export interface LastCheckpoint {
  readonly path: string;
  /** Empty when the file names none. */
  readonly hash: string;
  readonly modifiedUnixMs: number;
}

/** Reads `logs/last_checkpoint.txt`; null when there is none. Rejects with the system's error when it cannot be read. */
export async function readLastCheckpoint(root: string): Promise<LastCheckpoint | null> {
  const path = lastCheckpointPath(root);
  try {
    const [text, { mtimeMs }] = [await readFile(path, "utf8"), await stat(path)];
    return { path, hash: parseLastCheckpoint(text), modifiedUnixMs: Math.max(0, Math.floor(mtimeMs)) };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}
