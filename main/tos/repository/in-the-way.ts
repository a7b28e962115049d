import { foldersAbove, joinPath, type BytePath } from "#domain/tos/repository/byte-path";
import type { Facts, TouchedPath } from "#domain/tos/repository/effects";
import { submoduleMode } from "#domain/tos/repository/tree-change";
import { shownPath } from "./disk-path";
import { lookAt } from "./look";
import type { RepositoryPlace } from "./place";
import { isRepository, list } from "./walk";

type Folder = { readonly path: BytePath; readonly mode: number; readonly signature: string };

/** What stands where the goal's files have to be written, and no commit holds. */
export interface Hindrances {
  readonly files: Facts["inTheWay"];
  readonly foldersInTheWay: readonly Folder[];
  /** Folders above touched paths. */
  readonly foldersAbove: readonly Folder[];
  readonly obstacles: readonly string[];
}

/**
 * Finds folders where the goal has a file, with all that is in them, and files where it has a folder: `git reset --hard`
 * removes them, whatever they are. Where that is something no recovery could hold, it is an obstacle.
 */
export async function findInTheWay(
  place: RepositoryPlace,
  touched: readonly TouchedPath[],
  touchedPaths: ReadonlySet<BytePath>,
  untracked: ReadonlySet<BytePath>,
): Promise<Hindrances> {
  const files: Facts["inTheWay"][number][] = [];
  const foldersInTheWay: Folder[] = [];
  const above = new Map<BytePath, Folder>();
  const obstacles: string[] = [];
  const refuse = (path: BytePath, what: string): void => {
    obstacles.push(
      `${shownPath(place, path)} is ${what} where the target has a file: move it away first, because nothing could bring it back.`,
    );
  };
  const addFolder = async (folder: BytePath): Promise<void> => {
    const { mode, signature } = await lookAt(place, folder);
    foldersInTheWay.push({ path: folder, mode, signature });
    if (await isRepository(place, folder)) return refuse(folder, "a repository of its own");
    const entries = await list(place, folder);
    if (entries === null) return refuse(folder, "a folder that cannot be read");
    for (const entry of entries) {
      const path = joinPath(folder, entry.name.toString("latin1"));
      if (entry.isDirectory()) await addFolder(path);
      else if (!touchedPaths.has(path)) await addFile(path);
    }
  };
  const addFile = async (path: BytePath): Promise<void> => {
    const look = await lookAt(place, path);
    if (look.kind === "other") refuse(path, "a pipe, socket or device");
    else files.push({ path, ...look, kind: untracked.has(path) ? "untracked" : "ignored" });
  };
  const seen = new Set<BytePath>();
  for (const { path, goal } of touched) {
    const writes = goal !== null && goal.mode !== submoduleMode;
    let reachable = true;
    for (const folder of foldersAbove(path)) {
      const known = above.has(folder);
      const look = known ? null : await lookAt(place, folder);
      if (known || look?.kind === "directory") {
        if (look) above.set(folder, { path: folder, mode: look.mode, signature: look.signature });
        continue;
      }
      reachable = false;
      if (goal !== null && look?.kind !== "none" && !touchedPaths.has(folder) && !seen.has(folder)) {
        seen.add(folder);
        await addFile(folder);
      }
      break;
    }
    if (!reachable || !writes) continue;
    const { kind } = await lookAt(place, path);
    if (kind === "directory") await addFolder(path);
    else if (kind === "other") refuse(path, "a pipe, socket or device");
  }
  return { files, foldersInTheWay, foldersAbove: [...above.values()], obstacles };
}
