import { mkdir, mkdtemp, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { foldersAbove, type BytePath } from "#domain/tos/repository/byte-path";
import type { TreeFile } from "#domain/tos/repository/effects";
import { readBatch } from "./blobs";
import type { CheckoutSettings } from "./checkout-settings";
import { diskPath, textOfPath } from "./disk-path";
import type { RepositoryPlace } from "./place";
import { gitBytes, runGit } from "./run-git";

/** The rules of what is ignored, and of how files are checked out, as they will be once the work tree has moved. */
export interface TargetRules {
  /** Takes in a `.gitignore` that no commit holds and that stays. */
  adopt(path: BytePath): Promise<void>;
  /** Which of these are ignored. Folders are asked as folders. */
  ignored(files: readonly BytePath[], folders: readonly BytePath[]): Promise<ReadonlySet<BytePath>>;
  /** Bytes that a checkout writes for a blob: line ends and the like converted. Null: it writes them as they are. */
  checkedOut: ((path: BytePath, hash: string) => Promise<Buffer>) | null;
  close(): Promise<void>;
}

/**
 * Asks git itself, in an empty work tree that holds nothing but the target's `.gitignore` and `.gitattributes` files;
 * `info/exclude`, `core.excludesFile` and their like are the repository's.
 */
export async function openTargetRules(
  place: RepositoryPlace,
  goal: ReadonlyMap<BytePath, TreeFile>,
  { converts }: CheckoutSettings,
): Promise<TargetRules> {
  const scratch = await mkdtemp(join(await realpath(tmpdir()), "gatehouse-rules-"));
  const put = async (path: BytePath, content: Uint8Array): Promise<void> => {
    await makeFolder(scratch, foldersAbove(path).at(-1) ?? "");
    await writeFile(diskPath(scratch, path), content);
  };
  const rules = [...goal].filter(
    ([path, { mode }]) => /(?:^|\/)\.git(?:ignore|attributes)$/.test(path) && mode.startsWith("100"),
  );
  await readBatch(
    place,
    rules.map(([, { hash }]) => hash),
    async (content, position) => {
      const path = rules[position]?.[0];
      if (path !== undefined) await put(path, content);
    },
  );
  const variables = {
    GIT_DIR: place.gitFolder,
    GIT_WORK_TREE: scratch,
    GIT_INDEX_FILE: join(scratch, ".git", "none"),
  };
  const { environment } = place;
  const mayConvert = rules.some(([path]) => path.endsWith(".gitattributes")) || converts;
  return {
    checkedOut: mayConvert
      ? async (path, hash) => {
          const args = ["cat-file", "--filters", `--path=${textOfPath(path)}`, hash];
          return (await runGit(scratch, args, { environment, variables })).stdout;
        }
      : null,
    adopt: async (path) => put(path, await readFile(diskPath(place.top, path))),
    ignored: async (files, folders) => {
      if (files.length + folders.length === 0) return new Set();
      for (const folder of folders) await makeFolder(scratch, folder);
      // Behind `./` no name is taken for an option or for one of git's special paths.
      const input = [...files, ...folders].map((path) => `./${path}\0`).join("");
      const answer = await gitBytes(scratch, ["check-ignore", "--no-index", "-z", "--stdin"], {
        environment,
        variables,
        input,
        answers: [1],
      });
      return new Set(
        answer
          .split("\0")
          .filter((line) => line !== "")
          .map((line) => line.slice(2)),
      );
    },
    close: () => rm(scratch, { recursive: true, force: true }),
  };
}

async function makeFolder(scratch: string, folder: BytePath): Promise<void> {
  await mkdir(diskPath(scratch, folder), { recursive: true });
}
