import { realpath } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { BytePath } from "#domain/tos/repository/byte-path";
import type { Environment } from "./context";
import { gitText } from "./run-git";

/** Where a project's repository is. */
export interface RepositoryPlace {
  /** The project's folder. */
  readonly root: string;
  /** Top of the work tree. */
  readonly top: string;
  /** The project's folder seen from the top; empty when it is the top. */
  readonly prefix: BytePath;
  /** Git's own folder of this work tree. */
  readonly gitFolder: string;
  /** Git's folder that all work trees of the repository share: where branches are. */
  readonly commonFolder: string;
  readonly indexPath: string;
  /** `sha1` or `sha256`: how this repository names its objects. */
  readonly objectFormat: "sha1" | "sha256";
  readonly environment: Environment;
}

/** Finds the repository a folder is in. Rejects with a `GitFailure` when there is none or git cannot work with it. */
export async function findRepository(root: string, environment: Environment): Promise<RepositoryPlace> {
  const text = await gitText(
    root,
    [
      "rev-parse",
      "--show-object-format",
      "--show-prefix",
      "--git-common-dir",
      "--absolute-git-dir",
      "--show-toplevel",
    ],
    { environment },
  );
  const [objectFormat = "sha1", prefix = "", commonFolder = "", gitFolder = "", ...top] = text.split("\n");
  return {
    root: await realpath(root),
    // A folder's name may hold a line break; only the last field can be told apart then.
    top: top.join("\n"),
    prefix: Buffer.from(prefix.replace(/\/$/, ""), "utf8").toString("latin1"),
    gitFolder,
    commonFolder: resolve(root, commonFolder),
    indexPath: join(gitFolder, "index"),
    objectFormat: objectFormat === "sha256" ? "sha256" : "sha1",
    environment,
  };
}
