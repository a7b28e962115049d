import { createHash } from "node:crypto";
import { copyFile, link, lstat, open, readdir, rename, stat, unlink, utimes } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { isSameProcessAlive, processStartTime } from "../../system/process-identity";
import { syncDirectory } from "../../system/write-durable";
import { GitFailure } from "./git-failure";
import type { RepositoryPlace } from "./place";
import { gitBytes } from "./run-git";

/**
 * A copy of git's index that an operation of ours works on, so that the index itself stays as it is until all has
 * succeeded, and no lock of it is ever ours while git runs. Its name says whose it is.
 */
export interface PrivateIndex {
  readonly path: string;
  readonly variables: { readonly GIT_INDEX_FILE: string };
  /** For a checkpoint: a merge has left conflicts in it. */
  readonly unmerged: boolean;
}

type Purpose = "checkpoint" | "move" | "snapshot";

const namePattern =
  /^gatehouse-(checkpoint|move|snapshot)\.(\d+)\.(\d+|unknown)\.(\d+)\.([0-9a-f]{16})\.index$/;

/** Lock git itself takes for the index. */
export const indexLockPath = (place: RepositoryPlace): string => `${place.indexPath}.lock`;

/** Rejects with a `GitFailure` when another program holds the index. */
export async function refuseLockedIndex(place: RepositoryPlace, command: string): Promise<void> {
  const lock = indexLockPath(place);
  const found = await lstat(lock).catch(() => null);
  if (found) throw lockedIndex(place, command);
}

function lockedIndex(place: RepositoryPlace, command: string): GitFailure {
  const lock = indexLockPath(place);
  return new GitFailure({
    command,
    exitCode: null,
    stderr: `${lock}: File exists.`,
    plain: `Another git process holds the repository's index (${lock}); wait for it, or remove that file if the process is gone.`,
  });
}

/** Names what a listing of an index holds. */
const digestOf = (listing: string): string =>
  createHash("sha256").update(listing, "latin1").digest("hex").slice(0, 16);

function listIndex({ top, environment }: RepositoryPlace): Promise<string> {
  return gitBytes(top, ["ls-files", "--stage", "-z"], { environment });
}

/** Copies the index. Rejects with the system's error. */
export async function copyIndex(
  place: RepositoryPlace,
  purpose: Purpose,
  nowUnixMs: number,
): Promise<PrivateIndex> {
  const listing = purpose === "checkpoint" ? await listIndex(place) : "";
  const digest = digestOf(listing);
  const owner = `${process.pid}.${processStartTime(process.pid) ?? "unknown"}`;
  const path = join(place.gitFolder, `gatehouse-${purpose}.${owner}.${nowUnixMs}.${digest}.index`);
  try {
    await copyFile(place.indexPath, path);
    // Git compares the times of files with the index's: a younger copy would hide a file changed in the same instant.
    const { atimeMs, mtimeMs } = await stat(place.indexPath);
    await utimes(path, Math.floor(atimeMs) / 1_000, Math.floor(mtimeMs) / 1_000);
  } catch (error) {
    // There is no index before the first `git add`.
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
  const unmerged = listing.split("\0").some((line) => /^\d+ [0-9a-f]+ [123]\t/.test(line));
  return { path, variables: { GIT_INDEX_FILE: path }, unmerged };
}

/** How long a lock of somebody else is waited for before an index is put in its place, in milliseconds. */
const waitForLockMs = 5_000;

/**
 * Makes a private index the repository's: under git's own lock, in one step. A lock of ours that was cut off here is the
 * very file that it locks for, by which it is known. Rejects with a `GitFailure` when the index stays locked.
 */
export async function installIndex(place: RepositoryPlace, index: string): Promise<void> {
  const handle = await open(index, "r+");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
  const lock = indexLockPath(place);
  for (let waited = 0; ; waited += 50) {
    try {
      await link(index, lock);
      break;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
      if (waited >= waitForLockMs) throw lockedIndex(place, "git index");
      await wait(50);
    }
  }
  await rename(lock, place.indexPath);
  await syncDirectory(place.gitFolder);
}

/** Removes a private index and the lock git took for it. */
export async function dropIndex(index: string): Promise<void> {
  for (const path of [`${index}.lock`, index]) await unlink(path).catch(() => undefined);
}

/** A private index whose owner is gone. */
export interface Leftover {
  readonly path: string;
  readonly purpose: string;
  readonly sinceUnixMs: number;
  /** Digest of what the index held when the copy was made. */
  readonly digest: string;
}

/** Private indexes that ended processes left behind. */
export async function leftoverIndexes(place: RepositoryPlace): Promise<Leftover[]> {
  const leftovers: Leftover[] = [];
  for (const name of await readdir(place.gitFolder)) {
    const [, purpose = "", pid, startTime, sinceUnixMs, digest = ""] = namePattern.exec(name) ?? [];
    if (pid === undefined) continue;
    const alive = isSameProcessAlive(
      Number(pid),
      startTime === undefined || startTime === "unknown" ? null : startTime,
    );
    if (alive) continue;
    leftovers.push({ path: join(place.gitFolder, name), purpose, sinceUnixMs: Number(sinceUnixMs), digest });
  }
  return leftovers;
}

export async function leftoverCheckpoints(place: RepositoryPlace): Promise<Leftover[]> {
  return (await leftoverIndexes(place)).filter(({ purpose }) => purpose === "checkpoint");
}

/** Removes the lock of the index if it is a cut-off `installIndex` of this private index. */
export async function releaseOwnLock(place: RepositoryPlace, leftover: Leftover): Promise<void> {
  const lock = indexLockPath(place);
  const [held, own] = [await lstat(lock).catch(() => null), await lstat(leftover.path).catch(() => null)];
  if (held && own && held.ino === own.ino && held.dev === own.dev) await unlink(lock);
}

/** Whether the index still holds what it held when the private one was copied. */
export async function isIndexUntouched(place: RepositoryPlace, leftover: Leftover): Promise<boolean> {
  return digestOf(await listIndex(place)) === leftover.digest;
}
