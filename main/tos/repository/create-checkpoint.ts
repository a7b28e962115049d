import { printLastCheckpoint } from "#domain/tos/repository/last-checkpoint";
import { writeDurable } from "../../system/write-durable";
import { checkpointNotes } from "./checkpoint-notes";
import { clearLeftovers } from "./clear-leftovers";
import type { RepositoryContext } from "./context";
import { GitFailure, refusal } from "./git-failure";
import { claimOwnFolder } from "../runs/own-folder";
import { findRepository } from "./place";
import { copyIndex, dropIndex, installIndex, refuseLockedIndex, type PrivateIndex } from "./private-index";
import { lastCheckpointPath } from "./read-last-checkpoint";
import { gitText } from "./run-git";
import { announcedGit, note } from "./tell";

/**
 * Commits everything below the project's folder that is not ignored as `CHECKPOINT <name>`, hooks run, and writes the
 * hash into `logs/last_checkpoint.txt` (seed 004 "checkpoint and rollback"; spec/tos/launcher.md §6). Resolves with the
 * hash. Rejects with a `GitFailure`; then HEAD, the index and the tree are as they were. Git works on a private index:
 * a checkpoint that is killed leaves the index alone, and `clearLeftovers` completes one whose commit was made.
 */
export async function createCheckpoint(context: RepositoryContext, name: string): Promise<string> {
  const { root, environment, clock } = context;
  const place = await findRepository(root, environment);
  await claimOwnFolder(root).catch(failed("git add .", "Gatehouse's own folder cannot be written"));
  await clearLeftovers(place);
  await refuseLockedIndex(place, "git add .");
  const index = await copyIndex(place, "checkpoint", clock.nowUnixMs()).catch(
    failed("git add .", "Git's own folder cannot be written"),
  );
  try {
    refuseUnmerged(index);
    await announcedGit(context, ["add", "."], { variables: index.variables });
    for (const text of await checkpointNotes(place, index)) note(context, text);
    const message = `CHECKPOINT ${name}`;
    await announcedGit(context, ["commit", "-m", message, "--allow-empty"], { variables: index.variables });
    await installIndex(place, index.path);
  } catch (error) {
    await dropIndex(index.path);
    throw error;
  }
  const hash = await gitText(place.top, ["rev-parse", "HEAD"], { environment });
  await writeDurable(lastCheckpointPath(root), printLastCheckpoint(hash)).catch(
    failed(
      "checkpoint",
      `The checkpoint ${hash} was made, but ${lastCheckpointPath(root)} cannot be written`,
    ),
  );
  // Only now: until the hash is written, this file is what tells of the checkpoint.
  await dropIndex(index.path);
  return hash;
}

/** `git add .` would take the conflict markers of an unfinished merge for its solution. */
function refuseUnmerged({ unmerged }: PrivateIndex): void {
  if (unmerged)
    throw refusal(
      "git add .",
      "A merge is not finished: solve its conflicts or abort it, then make a checkpoint.",
    );
}

/** Turns an error of the system into a `GitFailure`. */
function failed(command: string, what: string): (error: Error) => never {
  return (error) => {
    if (error instanceof GitFailure) throw error;
    throw refusal(command, `${what}: ${error.message}.`);
  };
}
