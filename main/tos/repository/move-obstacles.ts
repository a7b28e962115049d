import { lstat } from "node:fs/promises";
import type { TouchedPath } from "#domain/tos/repository/effects";
import type { Status } from "#domain/tos/repository/status";
import { submoduleMode } from "#domain/tos/repository/tree-change";
import { sizesOf } from "./blobs";
import type { CheckoutSettings } from "./checkout-settings";
import { shownPath } from "./disk-path";
import type { Move } from "./move";
import { indexLockPath } from "./private-index";
import type { RepositoryPlace } from "./place";
import { statusLines } from "./read-status";
import { interruptedAmong, isAtWork, listRecoveries } from "./recovery-store";
import { referenceLocks } from "./stale-locks";

/** Entries of a dirty tree that are named. */
const namedEntries = 20;

/** Why a move would be refused, one line each. */
export async function findMoveObstacles(
  place: RepositoryPlace,
  move: Move,
  status: Status,
  branchRef: string | null,
  touched: readonly TouchedPath[],
  { sparse }: CheckoutSettings,
): Promise<string[]> {
  const obstacles: string[] = [];
  if (!move.allowDirty && status.entries.length > 0) {
    const entries = statusLines(place, status);
    const more = entries.length > namedEntries ? ` and ${entries.length - namedEntries} more` : "";
    obstacles.push(
      `working tree is dirty, commit or stash changes first: ${entries.slice(0, namedEntries).join(", ")}${more}`,
    );
  }
  for (const lock of [indexLockPath(place), ...referenceLocks(place, branchRef)])
    if (await lstat(lock).catch(() => null))
      obstacles.push(
        `Another git process holds a lock in the repository (${lock}); wait for it, or remove that file if the process is gone.`,
      );
  const { records } = await listRecoveries(place.root);
  const working = records.find(isAtWork);
  if (working)
    obstacles.push(`Another process (${working.process.pid}) is carrying out ${working.operation} now.`);
  const interrupted = interruptedAmong(records);
  if (interrupted && move.about === null)
    obstacles.push(
      `The ${interrupted.operation} ${interrupted.recoveryId} was cut off: finish it or undo it first.`,
    );
  if (move.about && move.about.branchRef !== branchRef)
    obstacles.push(
      `The ${move.about.operation} ${move.about.recoveryId} moved ${branchName(move.about.branchRef)}, and ${branchName(branchRef)} is checked out now: check out the other one first.`,
    );
  // Which files a sparse checkout writes, git tells only since 2.41; without knowing, no preview would be exact.
  if (sparse) obstacles.push("The work tree is a sparse checkout: run git sparse-checkout disable first.");
  return [...obstacles, ...(await missingObjects(place, touched))];
}

const branchName = (ref: string | null): string =>
  ref === null ? "a detached HEAD" : ref.replace(/^refs\/heads\//, "");

/** A reset that finds out half-way that content is missing would leave half a tree. */
async function missingObjects(place: RepositoryPlace, touched: readonly TouchedPath[]): Promise<string[]> {
  const wanted = touched.filter(({ goal }) => goal !== null && goal.mode !== submoduleMode);
  const sizes = await sizesOf(
    place,
    wanted.map(({ goal }) => goal?.hash ?? ""),
  );
  const missing = wanted.filter((_, position) => (sizes[position] ?? -1) < 0);
  return missing.length === 0
    ? []
    : [
        `The repository lacks the content of ${missing.length} files of the target, among them ${shownPath(place, missing[0]?.path ?? "")}: fetch it or run git fsck.`,
      ];
}
