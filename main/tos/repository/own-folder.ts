import { join } from "node:path";
import { createOnce } from "../../system/create-once";

/** The folder in which everything of ours in a project lies. */
export const ownFolderName = ".gatehouse";

/**
 * Makes the project's own folder of ours invisible to git before the first file is written into it: neither `git add .`
 * nor `git clean -fd` nor the rule of the clean tree ever sees it. Rejects with the system's error.
 */
export async function hideOwnFolder(root: string): Promise<void> {
  await createOnce(join(root, ownFolderName, ".gitignore"), "*\n");
}
