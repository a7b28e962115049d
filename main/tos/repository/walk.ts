import { readdir } from "node:fs/promises";
import type { Dirent } from "node:fs";
import { foldersAbove, joinPath, type BytePath } from "#domain/tos/repository/byte-path";
import type { WalkedFolder } from "#domain/tos/repository/cleaned";
import type { DiskFile, TreeFile } from "#domain/tos/repository/effects";
import { diskPath } from "./disk-path";
import { lookAt } from "./look";
import type { RepositoryPlace } from "./place";
import type { TargetRules } from "./target-rules";

type Mutable<Type> = { -readonly [Key in keyof Type]: Type[Key] };
interface Growing extends Mutable<WalkedFolder> {
  files: DiskFile[];
  folders: Growing[];
}

export interface Walk {
  readonly folder: WalkedFolder;
  /** Repositories of their own inside the work tree: they stay. */
  readonly repositories: readonly BytePath[];
}

/**
 * Walks the project's folder as `git clean -fd` will once the work tree holds the goal: into every folder that has files
 * of the goal or is not ignored by its rules, never into a repository of its own, never into our own folder.
 * `touched`: paths that the move itself decides about.
 */
export async function walkProject(
  place: RepositoryPlace,
  goal: ReadonlyMap<BytePath, TreeFile>,
  touched: ReadonlySet<BytePath>,
  rules: TargetRules,
): Promise<Walk> {
  const goalFolders = new Set([...goal.keys()].flatMap(foldersAbove));
  const ownFolder = joinPath(place.prefix, ".gatehouse");
  const repositories: BytePath[] = [];
  const folder: Growing = {
    path: place.prefix,
    mode: 0,
    tracked: true,
    holds: true,
    moves: false,
    files: [],
    folders: [],
  };
  let level: Growing[] = [folder];
  while (level.length > 0) {
    const files: { readonly path: BytePath; readonly into: Growing }[] = [];
    const folders: { readonly path: BytePath; readonly into: Growing }[] = [];
    const next: Growing[] = [];
    for (const into of level) {
      const entries = await list(place, into.path);
      // What cannot be looked into stays, whatever it holds.
      if (entries === null) into.holds = true;
      for (const entry of entries ?? []) {
        const name = entry.name.toString("latin1");
        const path = joinPath(into.path, name);
        if (name === ".git" || path === ownFolder) into.holds = true;
        else if (goal.has(path)) continue;
        else if (entry.isDirectory()) {
          if (await isRepository(place, path)) {
            repositories.push(path);
            into.holds = true;
          } else if (goalFolders.has(path)) next.push(await grow(place, path, into, true));
          else folders.push({ path, into });
        } else if (touched.has(path)) into.moves = true;
        else if (entry.isFile() || entry.isSymbolicLink()) {
          if (name === ".gitignore" && entry.isFile()) await rules.adopt(path);
          files.push({ path, into });
        } else into.holds = true;
      }
    }
    const ignored = await rules.ignored(
      files.map(({ path }) => path),
      folders.map(({ path }) => path),
    );
    for (const { path, into } of files) {
      if (ignored.has(path)) into.holds = true;
      else into.files.push({ path, ...(await lookAt(place, path)) });
    }
    for (const { path, into } of folders) {
      if (ignored.has(path)) into.holds = true;
      else next.push(await grow(place, path, into, false));
    }
    level = next;
  }
  return { folder, repositories };
}

async function grow(
  place: RepositoryPlace,
  path: BytePath,
  into: Growing,
  tracked: boolean,
): Promise<Growing> {
  const { mode } = await lookAt(place, path);
  const folder: Growing = { path, mode, tracked, holds: false, moves: false, files: [], folders: [] };
  into.folders.push(folder);
  return folder;
}

/** What lies in a folder; null where it cannot be read. */
export async function list(place: RepositoryPlace, folder: BytePath): Promise<Dirent<Buffer>[] | null> {
  try {
    return await readdir(diskPath(place.top, folder), { withFileTypes: true, encoding: "buffer" });
  } catch {
    return null;
  }
}

/** Whether a folder has a `.git`, valid or not: then it is somebody's repository and not ours to clean. */
export async function isRepository(place: RepositoryPlace, folder: BytePath): Promise<boolean> {
  return (await lookAt(place, joinPath(folder, ".git"))).kind !== "none";
}
