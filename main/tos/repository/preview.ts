import type { PreviewFile, RollbackPreview } from "#contract/tos/repository";
import { commitOf } from "#domain/tos/repository/commits";
import type { Effect } from "#domain/tos/repository/effects";
import type { RecoveryRecord } from "#domain/tos/repository/recovery-record";
import { clearLeftovers } from "./clear-leftovers";
import type { RepositoryContext } from "./context";
import { pathOfRecord, shownPath } from "./disk-path";
import { refusal } from "./git-failure";
import type { Move } from "./move";
import { findRepository, type RepositoryPlace } from "./place";
import { planMove, type MovePlan } from "./plan-move";
import { readCommit, readCommits, resolveCommit } from "./read-status";
import { listInterrupted, readRecovery } from "./recovery-store";
import { gitText } from "./run-git";
import { resolveTarget } from "./target";

const mostCommits = 1_000;
const mostFiles = 5_000;

/**
 * Exactly what a rollback would do, as of now: commits that leave the branch, files that go, change or come back, and why
 * it would be refused (spec/tos/launcher.md §7 and §10). `target` null: where `logs/last_checkpoint.txt` points. Rejects
 * with a `GitFailure` when there is no such commit.
 */
export async function previewRollback(
  context: RepositoryContext,
  target: string | null,
): Promise<RollbackPreview> {
  const place = await findRepository(context.root, context.environment);
  await clearLeftovers(place);
  const { hash, source } = await resolveTarget(place, target);
  return previewOf(await planMove(place, rollbackMove(hash, true)), source);
}

/** What taking back a recovery's operation would do: everything stands there again as it did before it. */
export async function previewUndo(context: RepositoryContext, recoveryId: string): Promise<RollbackPreview> {
  const place = await findRepository(context.root, context.environment);
  await clearLeftovers(place);
  const recovery = await readRecovery(place.root, recoveryId);
  return previewOf(await planMove(place, await undoMove(place, recovery)), `recovery ${recoveryId}`);
}

/** The move of a rollback. */
export function rollbackMove(toHash: string, willTest: boolean): Move {
  return {
    operation: "rollback",
    toHash,
    goal: toHash,
    goalModes: new Map(),
    willTest,
    allowDirty: false,
    interrupted: [],
    about: null,
  };
}

/** The move of an undo. Rejects with a `GitFailure` when git no longer has what the recovery kept. */
export async function undoMove(place: RepositoryPlace, recovery: RecoveryRecord): Promise<Move> {
  if ((await resolveCommit(place, recovery.commit)) === null)
    throw refusal(
      `git rev-parse ${recovery.ref}`,
      `The repository no longer has the commit ${recovery.commit} of recovery ${recovery.recoveryId}.`,
    );
  return {
    operation: "undo",
    toHash: recovery.from.hash,
    goal: recovery.commit,
    goalModes: new Map(recovery.modes.map(({ path, mode }) => [pathOfRecord(path), mode])),
    willTest: false,
    // Its own recovery keeps what is uncommitted, and a checkout with line ends of its own may never look clean.
    allowDirty: true,
    interrupted: await listInterrupted(place.root),
    about: recovery,
  };
}

async function previewOf(plan: MovePlan, targetSource: string): Promise<RollbackPreview> {
  const { place, move, from, status, effects } = plan;
  const [commits, commitCount, incomingCount, to] = await Promise.all([
    readCommits(place, [from.hash, `^${move.toHash}`], mostCommits),
    count(place, `${move.toHash}..${from.hash}`),
    count(place, `${from.hash}..${move.toHash}`),
    readCommit(place, move.toHash),
  ]);
  return {
    previewId: plan.previewId,
    operation: move.operation === "undo" ? "undo" : "rollback",
    branch: status.branch,
    from,
    to,
    targetSource,
    commits: commits.map(commitOf),
    commitCount,
    incomingCount,
    files: effects.list.slice(0, mostFiles).map((effect) => previewFile(place, effect)),
    fileCount: effects.list.length,
    obstacles: [...plan.obstacles],
    notes: [...plan.notes, ...generalNotes(plan, incomingCount)],
    runsTest: move.willTest,
  };
}

function previewFile(place: RepositoryPlace, { path, kind, change, disk, note }: Effect): PreviewFile {
  const bytes = disk?.bytes ?? null;
  return { path: shownPath(place, path), kind, change, bytes, recoverable: true, note };
}

async function count(place: RepositoryPlace, range: string): Promise<number> {
  return Number(await gitText(place.top, ["rev-list", "--count", range], { environment: place.environment }));
}

function generalNotes({ place, status, branchRef, move }: MovePlan, incomingCount: number): string[] {
  const notes: string[] = [];
  if (move.allowDirty && status.entries.length > 0)
    notes.push(
      `The working tree has ${status.entries.length} uncommitted changes: they go too, and are kept in the recovery.`,
    );
  if (branchRef === null) notes.push("HEAD is detached: no branch is moved.");
  if (place.prefix !== "")
    notes.push(
      `The project is a folder of the repository ${place.top}: commits and tracked files of the whole repository are moved, and only this folder is cleaned.`,
    );
  if (incomingCount > 0)
    notes.push("The target is not behind the branch: commits that the branch does not have come onto it.");
  if (move.willTest)
    notes.push("Ignored files stay, except the run's state, which the automatic test removes.");
  return notes;
}
