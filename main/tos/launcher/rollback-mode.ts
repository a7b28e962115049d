import type { LauncherArguments } from "#domain/tos/launcher/arguments";
import { ScriptError } from "#domain/tos/launcher/outcome";
import { GitFailure } from "../repository/git-failure";
import { findRepository } from "../repository/place";
import { readLastCheckpoint } from "../repository/read-last-checkpoint";
import { readStatus, statusLines } from "../repository/read-status";
import { missing } from "./git-modes";
import type { OperationContext, OperationEnd } from "./operation";

/** `rollback` after the head (launcher.md §7). Rejects with a `ScriptError`. */
export async function rollbackMode(
  context: OperationContext,
  asked: LauncherArguments,
): Promise<OperationEnd> {
  const { print } = context;
  const dirty = await dirtyLines(context);
  if (dirty.length > 0) {
    const endReason = "error: working tree is dirty, commit or stash changes first";
    print(endReason);
    print(dirty.join(" "));
    return { exitCode: 1, endReason };
  }
  const target = asked.targetCommit === "" ? await lastCheckpoint(context) : asked.targetCommit;
  if (target === null)
    return missing(context, "error: -TargetCommit required (no last_checkpoint.txt found)");
  throw new ScriptError("rollback");
}

/** Entries of `git status --porcelain`; without a repository git says why, and the tree counts as clean. */
async function dirtyLines({ root, environment, say }: OperationContext): Promise<string[]> {
  try {
    const place = await findRepository(root, environment);
    return statusLines(place, await readStatus(place));
  } catch (error) {
    if (!(error instanceof GitFailure)) throw error;
    say(error.stderr.trim() || error.plain);
    return [];
  }
}

/** Hash in `logs/last_checkpoint.txt`; null when there is no file. */
async function lastCheckpoint({ root, print }: OperationContext): Promise<string | null> {
  const last = await readLastCheckpoint(root);
  if (last === null) return null;
  if (last.hash === "") throw new ScriptError(`${last.path}: expected a commit hash, found an empty file`);
  print(`using last_checkpoint ${last.hash}`);
  return last.hash;
}
