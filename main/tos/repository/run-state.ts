import { cleanedFiles, stepsFolder } from "#domain/tos/launcher/cleaned-files";
import { foldersAbove, joinPath, type BytePath } from "#domain/tos/repository/byte-path";
import type { DiskFile, TreeFile } from "#domain/tos/repository/effects";
import { lookAt } from "./look";
import type { RepositoryPlace } from "./place";
import { list } from "./walk";

/** Files that `test -Clean` removes after a rollback and that no commit brings back (spec/tos/launcher.md §2 and §7). */
export async function findRunState(
  place: RepositoryPlace,
  goal: ReadonlyMap<BytePath, TreeFile>,
): Promise<DiskFile[]> {
  const steps = await list(place, joinPath(place.prefix, stepsFolder));
  const names = (steps ?? []).map(({ name }) => name.toString("latin1"));
  const found: DiskFile[] = [];
  for (const name of cleanedFiles(names)) {
    const path = joinPath(place.prefix, name);
    if (goal.has(path) || (await hasLinkAbove(place, path))) continue;
    const look = await lookAt(place, path);
    if (look.kind === "file" || look.kind === "symlink") found.push({ path, ...look });
  }
  return found;
}

/** A folder that is a link leads out of what git knows: no recovery could put a file behind it. */
async function hasLinkAbove(place: RepositoryPlace, path: BytePath): Promise<boolean> {
  for (const folder of foldersAbove(path))
    if ((await lookAt(place, folder)).kind !== "directory") return true;
  return false;
}
