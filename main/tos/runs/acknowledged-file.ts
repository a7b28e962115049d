import { mkdir, open, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { type AcknowledgedEntry, acknowledgedEntries } from "#domain/tos/runs/acknowledged";
import { acknowledgedFile } from "#domain/tos/runs/run-files";
import { isAbsent } from "../../watch/file-problem";
import { claimOwnFolder } from "./own-folder";

/** Adds what was acknowledged to a project's file, on disk before it resolves. Rejects with the system's error. */
export async function appendAcknowledged(root: string, entries: readonly AcknowledgedEntry[]): Promise<void> {
  if (entries.length === 0) return;
  await claimOwnFolder(root);
  const path = join(root, acknowledgedFile);
  await mkdir(dirname(path), { recursive: true });
  const handle = await open(path, "a+");
  try {
    // A line that a power cut left without its end must not swallow ours.
    const { size } = await handle.stat();
    const last = Buffer.alloc(1);
    const torn = size > 0 && (await handle.read(last, 0, 1, size - 1)).bytesRead === 1 && last[0] !== 0x0a;
    const lines = entries.map((entry) => `${JSON.stringify(entry)}\n`).join("");
    await handle.appendFile(torn ? `\n${lines}` : lines);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** What was acknowledged in a project, oldest first; nothing when there is no file. Rejects with the system's error. */
export async function readAcknowledged(root: string): Promise<AcknowledgedEntry[]> {
  try {
    return acknowledgedEntries(await readFile(join(root, acknowledgedFile), "utf8"));
  } catch (error) {
    if (isAbsent(error)) return [];
    throw error;
  }
}
