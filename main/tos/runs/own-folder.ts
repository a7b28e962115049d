import { stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { createOnce } from "../../system/create-once";

/**
 * Makes `.gatehouse` of a project ours before anything is written into it: inside a git work tree it ignores itself, so
 * that neither `git add .` nor `git clean` nor the rule of the clean tree ever sees our files.
 */
export async function claimOwnFolder(root: string): Promise<void> {
  if (await isInWorkTree(root)) await createOnce(join(root, ".gatehouse", ".gitignore"), "*\n");
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
