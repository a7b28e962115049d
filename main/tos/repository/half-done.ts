import type { RecoveryRecord } from "#domain/tos/repository/recovery-record";
import { parseTreeChanges } from "#domain/tos/repository/tree-change";
import { pathOfRecord, recordedPath } from "./disk-path";
import { lookAt } from "./look";
import type { RepositoryPlace } from "./place";
import { gitBytes } from "./run-git";

/**
 * Files that a move which did not end has brought: the target has them, and before it there was nothing of their name,
 * neither committed nor kept. Half-written ones are among them.
 */
export async function broughtFiles(
  place: RepositoryPlace,
  record: RecoveryRecord,
): Promise<RecoveryRecord["removals"]> {
  const goal = record.overlay ?? record.toHash;
  const difference = await gitBytes(
    place.top,
    ["diff-tree", "-r", "-z", "--raw", "--no-renames", "--ignore-submodules=none", record.commit, goal],
    { environment: place.environment },
  );
  const known = new Set(record.removals.map(({ path }) => pathOfRecord(path)));
  const brought: RecoveryRecord["removals"] = [];
  for (const { path, oldMode, newMode } of parseTreeChanges(difference))
    if (oldMode === null && newMode !== null && !known.has(path)) {
      const { kind, signature } = await lookAt(place, path);
      if (kind === "file" || kind === "symlink") brought.push({ path: recordedPath(path), signature });
    }
  return brought;
}
