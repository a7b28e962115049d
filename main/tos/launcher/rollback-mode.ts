import type { LauncherArguments } from "#domain/tos/launcher/arguments";
import { ScriptError } from "#domain/tos/launcher/outcome";
import { automaticTestLine } from "#domain/tos/runs/fold-run";
import { GitFailure } from "../repository/git-failure";
import { findRepository } from "../repository/place";
import { readLastCheckpoint } from "../repository/read-last-checkpoint";
import { readStatus, statusLines } from "../repository/read-status";
import { rollBack } from "../repository/roll-back";
import { automaticTest } from "./automatic-test";
import { missing, summariseGit } from "./git-modes";
import type { OperationContext, OperationEnd } from "./operation";

/** `rollback` after the head (launcher.md §7). Rejects with a `ScriptError`. */
export async function rollbackMode(
  context: OperationContext,
  { targetCommit, summaryFile, previewId, reason }: LauncherArguments,
): Promise<OperationEnd> {
  const { print, say } = context;
  const dirty = await dirtyLines(context);
  if (dirty.length > 0) {
    const endReason = "error: working tree is dirty, commit or stash changes first";
    print(endReason);
    print(dirty.join(" "));
    return { exitCode: 1, endReason };
  }
  const target = targetCommit === "" ? await lastCheckpoint(context) : targetCommit;
  if (target === null)
    return missing(context, "error: -TargetCommit required (no last_checkpoint.txt found)");
  try {
    await rollBack(context, { target, previewId, reason, willTest: true, print });
  } catch (error) {
    if (!(error instanceof GitFailure)) throw error;
    say(`error: ${error.plain}`);
    print("git reset failed");
    const endReason = "rollback failed with exit code 1";
    print(endReason);
    return { exitCode: 1, endReason };
  }
  const rolledBack = `rollback ${target}`;
  print(rolledBack);
  await summariseGit(context, "rollback", target, summaryFile);
  print(automaticTestLine);
  if (!(await automaticTest(context, summaryFile))) {
    const endReason = "test after rollback failed";
    print(endReason);
    return { exitCode: 1, endReason };
  }
  print("TOS cc_run end");
  return { exitCode: 0, endReason: rolledBack };
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
