import { mkdir, readFile, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { isAbsent } from "../../watch/file-problem";

/**
 * Makes `.gatehouse` of a project ours before anything is written into it: inside a git work tree it ignores itself, so
 * that neither `git add .` nor `git clean` nor the rule of the clean tree ever sees our files.
 */
export async function claimOwnFolder(root: string): Promise<void> {
  if (!(await isInWorkTree(root))) return;
  const path = join(root, ".gatehouse", ".gitignore");
  const found = await readFile(path, "utf8").catch((error: unknown) => {
    if (isAbsent(error)) return "";
    throw error;
  });
  // An empty one was left by a kill; one with words in it is the operator's.
  if (found !== "") return;
  await mkdir(dirname(path), { recursive: true });
  // In place: a file beside it, left by a kill, would be seen by git.
  await writeFile(path, "*\n");
}

/** By the `.git` of the folder or of one above it: a folder, or the file that a linked work tree or a submodule has. */
async function isInWorkTree(folder: string): Promise<boolean> {
  for (let at = folder; ; at = dirname(at)) {
    try {
      await stat(join(at, ".git"));
      return true;
    } catch {
      if (dirname(at) === at) return false;
    }
  }
}
