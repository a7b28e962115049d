import { mkdir, rmdir } from "node:fs/promises";
import { tmpdir, userInfo } from "node:os";
import path from "node:path";
import { ContractError } from "#domain/contract-error";
import { acquireLock } from "../runner/lock";
import { sha256 } from "../runner/state-files";

/**
 * Gives `work` a folder of its own in the temporary directory that belongs to `directory` (absolute): one run at a time,
 * and the same folder for every run, so that the next one finds what a killed one left behind. It lies outside of
 * `directory`, which a run may delete or must leave untouched. It is removed again when it is empty.
 */
export async function withRunFolder<Outcome>(
  directory: string,
  work: (folder: string) => Promise<Outcome>,
): Promise<Outcome> {
  const owner = `${userInfo().uid}:${directory}`;
  const folder = path.join(tmpdir(), `gatehouse-live-${sha256(owner).slice(0, 16)}`);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const lock = takeLock(folder, directory);
  try {
    return await work(folder);
  } finally {
    lock.release();
    // Not empty: the browser could not be ended, and the file that says which one must stay.
    await rmdir(folder).catch(() => undefined);
  }
}

function takeLock(folder: string, directory: string): ReturnType<typeof acquireLock> {
  try {
    return acquireLock(folder);
  } catch (error) {
    throw new ContractError(`another live run is under way for ${directory}`, { cause: error });
  }
}
