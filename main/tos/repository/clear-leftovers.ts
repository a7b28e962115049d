import { printLastCheckpoint } from "#domain/tos/repository/last-checkpoint";
import { writeDurable } from "../../system/write-durable";
import type { RepositoryPlace } from "./place";
import {
  dropIndex,
  installIndex,
  isIndexUntouched,
  leftoverIndexes,
  releaseOwnLock,
  type Leftover,
} from "./private-index";
import { lastCheckpointPath } from "./read-last-checkpoint";
import { listInterrupted } from "./recovery-store";
import { gitText } from "./run-git";
import { removeStaleLocks } from "./stale-locks";
import { readBranchRef } from "./tell";

/**
 * Clears up after operations that were cut off: a checkpoint whose commit was made gets its index and its
 * `logs/last_checkpoint.txt`; of one whose commit was not made nothing is left. Rejects with a `GitFailure`.
 */
export async function clearLeftovers(place: RepositoryPlace): Promise<void> {
  for (const { branchRef, unixMs } of await listInterrupted(place.root))
    await removeStaleLocks(place, branchRef, unixMs);
  for (const leftover of await leftoverIndexes(place)) {
    await removeStaleLocks(place, await readBranchRef(place), leftover.sinceUnixMs);
    await releaseOwnLock(place, leftover);
    if (leftover.purpose === "checkpoint") await completeCheckpoint(place, leftover);
    await dropIndex(leftover.path);
  }
}

async function completeCheckpoint(place: RepositoryPlace, leftover: Leftover): Promise<void> {
  const { top, environment } = place;
  const [tree, subject, committedSeconds] = (
    await gitText(top, ["log", "-1", "--format=%T%n%s%n%ct", "HEAD"], { environment, answers: [128] })
  ).split("\n");
  const began = Math.floor(leftover.sinceUnixMs / 1_000);
  if (!subject?.startsWith("CHECKPOINT ") || Number(committedSeconds) < began) return;
  const own = await gitText(top, ["write-tree"], {
    environment,
    variables: { GIT_INDEX_FILE: leftover.path },
    answers: [1, 128],
  });
  if (own !== tree) return;
  if (await isIndexUntouched(place, leftover)) await installIndex(place, leftover.path);
  const head = await gitText(top, ["rev-parse", "HEAD"], { environment });
  await writeDurable(lastCheckpointPath(place.root), printLastCheckpoint(head));
}
