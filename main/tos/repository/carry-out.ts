import type { RecoveryRecord } from "#domain/tos/repository/recovery-record";
import type { RepositoryContext } from "./context";
import { GitFailure, refusal } from "./git-failure";
import { broughtFiles } from "./half-done";
import type { RepositoryPlace } from "./place";
import { copyIndex, dropIndex, installIndex } from "./private-index";
import { putBack, removeListed } from "./put-back";
import { readStatus, statusLines } from "./read-status";
import { listRecoveries, readRecovery, writeRecovery } from "./recovery-store";
import { runGit } from "./run-git";
import { announcedGit, note } from "./tell";

export type Print = (line: string) => void;

/** Lines of what has appeared meanwhile that are said. */
const saidEntries = 20;

/**
 * Carries out what an open record says: `git reset --hard` on a private index, which then becomes the repository's; the
 * files that `git clean -fd` would remove, of those the record lists; for an undo the files of the recovery; and the
 * record's end. Every part can be done again after being cut off. Resolves with the hash of HEAD.
 */
export async function carryOut(
  context: RepositoryContext,
  place: RepositoryPlace,
  record: RecoveryRecord,
  print: Print,
): Promise<string> {
  print(`git reset --hard ${record.toHash}`);
  await resetTo(context, place, record.toHash);
  print("git clean -fd");
  const stayed = await removeListed(place, record);
  if (record.overlay !== null && record.undoes !== null)
    await putRecoveryBack(context, place, record.undoes, print);
  await close(place, record);
  const status = await readStatus(place);
  const appeared = statusLines(place, status).filter((line) => line.startsWith("??"));
  for (const path of stayed) note(context, `stays: ${path} was changed meanwhile and is left as it is.`);
  for (const line of record.overlay === null ? appeared.slice(0, saidEntries) : [])
    note(context, `stays: ${line.slice(3)} has appeared meanwhile; git clean -fd would remove it.`);
  return status.head ?? record.toHash;
}

/** Moves branch, index and tracked files. Submodules are left alone. */
async function resetTo(context: RepositoryContext, place: RepositoryPlace, hash: string): Promise<void> {
  const index = await copyIndex(place, "move", context.clock.nowUnixMs());
  try {
    const options = { environment: place.environment, variables: index.variables, writing: true };
    // Without this git would write files again whose times alone have changed, and so their line ends.
    await runGit(place.top, ["update-index", "-q", "--refresh"], { ...options, answers: [1] });
    await announcedGit({ ...context, root: place.top }, ["reset", "--hard", hash], {
      variables: index.variables,
    });
    await installIndex(place, index.path);
  } finally {
    await dropIndex(index.path);
  }
}

/** Brings tracked files back; where the branch has not moved yet, its reference is not even locked. */
async function restoreTracked(
  context: RepositoryContext,
  place: RepositoryPlace,
  hash: string,
): Promise<void> {
  const { head } = await readStatus(place);
  if (head !== hash) return resetTo(context, place, hash);
  const index = await copyIndex(place, "move", context.clock.nowUnixMs());
  try {
    const options = { environment: place.environment, variables: index.variables, writing: true };
    await runGit(place.top, ["read-tree", "--reset", "-u", hash], options);
  } finally {
    await dropIndex(index.path);
  }
}

async function putRecoveryBack(
  context: RepositoryContext,
  place: RepositoryPlace,
  recoveryId: string,
  print: Print,
): Promise<void> {
  const recovery = await readRecovery(place.root, recoveryId);
  const files = await putBack(place, recovery);
  print(`files put back ${files}`);
  if (recovery.indexTree === null) return;
  const index = await copyIndex(place, "move", context.clock.nowUnixMs());
  try {
    await announcedGit({ ...context, root: place.top }, ["read-tree", recovery.indexTree], {
      variables: index.variables,
    });
    await installIndex(place, index.path);
  } finally {
    await dropIndex(index.path);
  }
}

/** Writes down that the operation has ended; whatever was cut off before it is settled by that. */
async function close(place: RepositoryPlace, record: RecoveryRecord): Promise<void> {
  const { records } = await listRecoveries(place.root);
  for (const other of records)
    if (other.recoveryId === record.undoes && other.state !== "undone")
      await writeRecovery(place.root, { ...other, state: "undone" });
    else if (other.state === "open" && other.recoveryId !== record.recoveryId)
      await writeRecovery(place.root, { ...other, state: "done" });
  await writeRecovery(place.root, { ...record, state: "done" });
}

/**
 * Brings everything back after `carryOut` has failed half-way, without keeping what it has left: that is nothing but
 * pieces of the target. Rejects with a `GitFailure` that says how the tree stands.
 */
export async function takeBack(
  context: RepositoryContext,
  place: RepositoryPlace,
  record: RecoveryRecord,
  cause: unknown,
): Promise<never> {
  const failure = cause instanceof GitFailure ? cause : refusal(record.operation, (cause as Error).message);
  try {
    await restoreTracked(context, place, record.from.hash);
    await removeListed(place, { removals: await broughtFiles(place, record), directories: [] });
    await putBack(place, record);
    await writeRecovery(place.root, { ...record, state: "undone" });
  } catch (second) {
    const { recoveryId, ref } = record;
    throw new GitFailure({
      command: failure.command,
      exitCode: failure.exitCode,
      stderr: failure.stderr,
      plain: `${failure.plain} The ${record.operation} stopped half-way and could not be taken back (${(second as Error).message}): all is kept in ${ref}; finish or undo ${recoveryId} once the cause is gone.`,
    });
  }
  throw failure;
}
