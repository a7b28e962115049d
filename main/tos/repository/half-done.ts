import { foldersAbove, type BytePath } from "#domain/tos/repository/byte-path";
import type { RecoveryRecord } from "#domain/tos/repository/recovery-record";
import { parseTreeChanges, submoduleMode, type TreeChange } from "#domain/tos/repository/tree-change";
import { pathOfRecord, recordedPath } from "./disk-path";
import { lookAt } from "./look";
import type { Move } from "./move";
import type { RepositoryPlace } from "./place";
import { gitBytes } from "./run-git";

/** How the state before an operation, with all that was kept, differs from the one it was going to. */
export async function intendedChanges(place: RepositoryPlace, record: RecoveryRecord): Promise<TreeChange[]> {
  const goal = record.overlay ?? record.toHash;
  return parseTreeChanges(
    await gitBytes(
      place.top,
      ["diff-tree", "-r", "-z", "--raw", "--no-renames", "--ignore-submodules=none", record.commit, goal],
      { environment: place.environment },
    ),
  );
}

/**
 * Files that a move which did not end has brought: the target has them, and before it there was nothing of their name,
 * neither committed nor kept. Half-written ones are among them.
 */
export async function broughtFiles(
  place: RepositoryPlace,
  record: RecoveryRecord,
): Promise<RecoveryRecord["removals"]> {
  const known = new Set(record.removals.map(({ path }) => pathOfRecord(path)));
  const brought: RecoveryRecord["removals"] = [];
  for (const { path, oldMode, newMode } of await intendedChanges(place, record))
    if (oldMode === null && newMode !== null && !known.has(path)) {
      const { kind, signature } = await lookAt(place, path);
      if (kind === "file" || kind === "symlink") brought.push({ path: recordedPath(path), signature });
    }
  return brought;
}

/**
 * Folders that a move which was cut off may have made: those above a file of its target which were not there before it,
 * and those of submodules. One that is not empty has got something else since, and is not removed.
 */
export async function broughtFolders(
  place: RepositoryPlace,
  { operation, interrupted }: Move,
): Promise<{ readonly path: BytePath; readonly mode: number }[]> {
  const candidates = new Set<BytePath>();
  for (const record of operation === "undo" ? interrupted : []) {
    const before = new Set(record.directories.map(({ path }) => pathOfRecord(path)));
    for (const { path, newMode } of await intendedChanges(place, record)) {
      for (const folder of foldersAbove(path)) if (!before.has(folder)) candidates.add(folder);
      if (newMode === submoduleMode && !before.has(path)) candidates.add(path);
    }
  }
  const folders: { path: BytePath; mode: number }[] = [];
  for (const path of candidates) {
    const { kind, mode } = await lookAt(place, path);
    if (kind === "directory") folders.push({ path, mode });
  }
  return folders;
}
