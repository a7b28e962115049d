import { GitFailure, refusal } from "./git-failure";
import type { RepositoryPlace } from "./place";
import { lastCheckpointPath, readLastCheckpoint } from "./read-last-checkpoint";
import { resolveCommit } from "./read-status";

export interface Target {
  readonly hash: string;
  /** As it was given. */
  readonly name: string;
  /** Where it came from, in words. */
  readonly source: string;
}

/**
 * The commit a rollback goes to: the one given, or that of `logs/last_checkpoint.txt` (spec/tos/launcher.md §7). Rejects
 * with a `GitFailure` when there is none.
 */
export async function resolveTarget(place: RepositoryPlace, target: string | null): Promise<Target> {
  const { name, source } = target === null ? await lastTarget(place.root) : { name: target, source: target };
  if (name.startsWith("-"))
    throw refusal("git reset --hard", `"${name}" begins with "-" and names no commit.`);
  const hash = await resolveCommit(place, name);
  if (hash !== null) return { hash, name, source };
  throw new GitFailure({
    command: `git reset --hard ${name}`,
    exitCode: 128,
    stderr: "",
    plain: `The repository knows no commit ${JSON.stringify(name)}${target === null ? `, which ${source} names` : ""}.`,
  });
}

async function lastTarget(root: string): Promise<{ readonly name: string; readonly source: string }> {
  const path = lastCheckpointPath(root);
  const last = await readLastCheckpoint(root).catch((error: Error) => {
    throw refusal("git reset --hard", `${path} cannot be read: ${error.message}.`);
  });
  if (last === null)
    throw refusal("git reset --hard", `There is no ${path}: make a checkpoint first, or name a commit.`);
  if (last.hash === "")
    throw refusal("git reset --hard", `${path} names no commit: make a checkpoint first, or name a commit.`);
  return { name: last.hash, source: "logs/last_checkpoint.txt" };
}
