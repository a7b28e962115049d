import { lstat, readdir, readFile, readlink, unlink } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { refusal } from "./git-failure";
import type { RepositoryPlace } from "./place";

const waitAtMostMs = 30_000;
/** Where the system does not tell who is at work, a lock this old is nobody's. */
const abandonedAfterMs = 10_000;
/** File systems stamp files with a clock that may lag behind by a tick. */
const clockToleranceMs = 50;

/** Locks git takes when it moves a branch or HEAD. */
export function referenceLocks(place: RepositoryPlace, branchRef: string | null): string[] {
  return [
    join(place.gitFolder, "HEAD.lock"),
    join(place.gitFolder, "ORIG_HEAD.lock"),
    join(place.commonFolder, "reftable", "tables.list.lock"),
    ...(branchRef === null ? [] : [join(place.commonFolder, `${branchRef}.lock`)]),
  ];
}

/**
 * Waits for a git that an ended process of ours left at work, then removes the locks of references which it left behind:
 * those made since `sinceUnixMs`, when there was none. The index needs none of this, because ours is a private one.
 */
export async function removeStaleLocks(
  place: RepositoryPlace,
  branchRef: string | null,
  sinceUnixMs: number,
): Promise<void> {
  const locks = referenceLocks(place, branchRef);
  for (let waited = 0; await isGitAtWork(place, locks); waited += 50) {
    if (waited > waitAtMostMs)
      throw refusal("git", "Another git process is at work in the repository; wait for it and try again.");
    await wait(50);
  }
  for (const lock of locks) {
    const found = await lstat(lock).catch(() => null);
    if (found && found.mtimeMs >= sinceUnixMs - clockToleranceMs) await unlink(lock);
  }
}

/** Whether a git works in this repository: on Linux by looking at its processes, elsewhere by the age of its locks. */
async function isGitAtWork(place: RepositoryPlace, locks: readonly string[]): Promise<boolean> {
  if (process.platform === "linux") return isGitProcessIn(place);
  const now = Date.now();
  for (const lock of locks) {
    const found = await lstat(lock).catch(() => null);
    if (found && now - found.mtimeMs < abandonedAfterMs) return true;
  }
  return false;
}

async function isGitProcessIn(place: RepositoryPlace): Promise<boolean> {
  for (const name of await readdir("/proc").catch(() => [])) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const status = await readFile(`/proc/${name}/stat`, "latin1");
      const program = status.slice(status.indexOf("(") + 1, status.lastIndexOf(")"));
      const state = status.charAt(status.lastIndexOf(")") + 2);
      if (!/^git(?:$|-)/.test(program) || state === "Z" || state === "X") continue;
      const folder = await readlink(`/proc/${name}/cwd`);
      if ([place.top, place.gitFolder].some((each) => folder === each || folder.startsWith(`${each}/`)))
        return true;
    } catch {
      // It has ended meanwhile, or belongs to another account.
    }
  }
  return false;
}
