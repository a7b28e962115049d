import { chmod, lstat, mkdir, open, rmdir, symlink, unlink } from "node:fs/promises";
import { foldersAbove, type BytePath } from "#domain/tos/repository/byte-path";
import type { RecoveryRecord } from "#domain/tos/repository/recovery-record";
import { parseTreeChanges, submoduleMode, type TreeChange } from "#domain/tos/repository/tree-change";
import { readBlobs } from "./blobs";
import { diskPath, pathOfRecord, shownPath } from "./disk-path";
import { intendedChanges } from "./half-done";
import { blobName, defaultMode, lookAt } from "./look";
import type { RepositoryPlace } from "./place";
import { gitBytes } from "./run-git";

/** Removes the files a record lists, if they look as they did; what has changed since stays. Resolves with those. */
export async function removeListed(
  place: RepositoryPlace,
  record: Pick<RecoveryRecord, "removals" | "directories">,
): Promise<string[]> {
  const stayed: string[] = [];
  const emptied = new Set<BytePath>();
  for (const { path: recorded, signature } of record.removals) {
    const path = pathOfRecord(recorded);
    const look = await lookAt(place, path);
    if (look.kind === "directory" || look.kind === "none") continue;
    if (look.signature !== signature) stayed.push(shownPath(place, path));
    else {
      await unlink(diskPath(place.top, path));
      for (const folder of foldersAbove(path)) emptied.add(folder);
    }
  }
  const going = record.directories.filter(({ goes }) => goes).map(({ path }) => pathOfRecord(path));
  const folders = [...new Set([...going, ...emptied])].toSorted((left, right) => right.length - left.length);
  // One that is not empty stays, whatever has appeared in it.
  for (const folder of folders) await rmdir(diskPath(place.top, folder)).catch(() => undefined);
  return stayed;
}

/**
 * Writes what a recovery keeps to its place: the files its commit holds beyond the commit it stood on, byte for byte,
 * then the folders and permissions of its record. Doing it twice comes to the same. Resolves with the number of files.
 */
export async function putBack(place: RepositoryPlace, record: RecoveryRecord): Promise<number> {
  const changes = parseTreeChanges(
    await gitBytes(
      place.top,
      ["diff-tree", "-r", "-z", "--raw", "--no-renames", record.from.hash, record.commit],
      { environment: place.environment },
    ),
  );
  const files = [
    ...changes.filter(({ newMode }) => newMode !== null),
    ...(await checkedOutOtherwise(place, record, new Set(changes.map(({ path }) => path)))),
  ];
  for (const { path, newMode } of changes)
    if (newMode === null) await unlink(diskPath(place.top, path)).catch(() => undefined);
  await readBlobs(
    place,
    files.map(({ newHash }) => newHash),
    async (content, position) => {
      const change = files[position];
      if (change) await putFile(place, change, content);
    },
  );
  for (const { path, mode } of record.directories)
    await ensureFolder(diskPath(place.top, pathOfRecord(path)), mode);
  for (const { path, mode } of record.modes) {
    const recorded = pathOfRecord(path);
    if ((await lookAt(place, recorded)).kind === "file") await chmod(diskPath(place.top, recorded), mode);
  }
  return changes.length;
}

/**
 * Files of the commit itself that a checkout has written with other bytes than they had. Rules of the other commit for
 * line ends, still on the disk while an operation that was cut off is taken back, do that.
 */
async function checkedOutOtherwise(
  place: RepositoryPlace,
  record: RecoveryRecord,
  kept: ReadonlySet<BytePath>,
): Promise<TreeChange[]> {
  const otherwise: TreeChange[] = [];
  for (const change of await intendedChanges(place, record)) {
    const { path, oldMode, oldHash } = change;
    if (oldMode === null || oldMode === submoduleMode || kept.has(path)) continue;
    const look = await lookAt(place, path);
    const same =
      (look.kind === "file" || look.kind === "symlink") &&
      (oldMode === "120000") === (look.kind === "symlink") &&
      (await blobName(place, path, look)) === oldHash;
    if (!same) otherwise.push({ ...change, newMode: oldMode, newHash: oldHash });
  }
  return otherwise;
}

async function putFile(place: RepositoryPlace, change: TreeChange, content: Buffer): Promise<void> {
  const disk = diskPath(place.top, change.path);
  for (const folder of foldersAbove(change.path)) await makeFolder(diskPath(place.top, folder));
  await unlink(disk).catch(ignoreMissing);
  if (change.newMode === "120000") {
    await symlink(content, disk);
    return;
  }
  const mode = defaultMode(change.newMode === "100755" ? 0o777 : 0o666);
  const handle = await open(disk, "wx", mode);
  try {
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function makeFolder(folder: Buffer): Promise<void> {
  await mkdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "EEXIST") throw error;
  });
}

async function ensureFolder(folder: Buffer, mode: number): Promise<void> {
  await mkdir(folder, { recursive: true });
  const found = await lstat(folder);
  if (found.isDirectory() && (found.mode & 0o7777) !== mode) await chmod(folder, mode);
}

function ignoreMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== "ENOENT") throw error;
}
