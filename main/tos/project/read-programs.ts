import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import type { ProgramFile } from "#domain/tos/governance/project-reading";
import { protectedPrograms } from "#domain/tos/governance/programs";
import { blobIdWithLineFeeds } from "./blob-id";
import { readTextFile } from "./read-file";

/** The programs whose content is fixed, as they lie in the project. Never rejects. */
export async function readPrograms(root: string): Promise<ProgramFile[]> {
  return await Promise.all(
    protectedPrograms.map(async ({ path }) => {
      const { file, bytes } = await readTextFile(root, path, "kept");
      if (bytes === null) return { path, state: file.state, blobId: null, problem: file.problem };
      // Any bytes have an identifier, also those that are no text.
      return { path, state: "read" as const, blobId: blobIdWithLineFeeds(bytes), problem: "" };
    }),
  );
}

/** Whether something lies under a path of the project. Never rejects. */
export async function isPresent(root: string, path: string): Promise<boolean> {
  try {
    await stat(resolve(root, path));
    return true;
  } catch {
    return false;
  }
}
