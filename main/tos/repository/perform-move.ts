import type { RecoveryRecord } from "#domain/tos/repository/recovery-record";
import { carryOut, takeBack, type Print } from "./carry-out";
import type { RepositoryContext } from "./context";
import { asFailure, refusal } from "./git-failure";
import { keepRecovery, type RecoveryWish } from "./keep-recovery";
import type { Move } from "./move";
import type { RepositoryPlace } from "./place";
import { isAsPlanned, planMove, type MovePlan } from "./plan-move";
import { writeRecovery } from "./recovery-store";
import { note } from "./tell";

export interface MoveWish {
  readonly move: Move;
  /** What the operator has seen; null on a command line, where nobody was shown a preview. */
  readonly previewId: string | null;
  readonly wish: Omit<RecoveryWish, "state">;
  /** What is done between keeping and moving. */
  readonly before?: () => Promise<void>;
  readonly print: Print;
}

/** The result of a rollback or of what is like one. */
export interface Moved {
  /** Hash of HEAD. */
  readonly head: string;
  readonly recoveryId: string;
}

/**
 * A move in its order: plan, refuse, keep, look again, move. Nothing is moved before all that would go is kept on the
 * disk, and nothing that was not in the plan goes. Rejects with a `GitFailure`; then the tree is as it was, or the
 * failure says where it is kept.
 */
export async function performMove(
  context: RepositoryContext,
  place: RepositoryPlace,
  { move, previewId, wish, before, print }: MoveWish,
): Promise<Moved> {
  const plan = await planMove(place, move);
  refuseObstacles(plan);
  if (previewId !== null && previewId !== plan.previewId) throw changedSince(move);
  const record = await keepRecovery(context, plan, { ...wish, state: "open" }).catch(
    asFailure(move.operation),
  );
  const undo = `gatehouse tos-rollback undo --root ${place.root} --recovery ${record.recoveryId} --reason TEXT`;
  note(context, `recovery ${record.ref} keeps what goes; to get it back: ${undo}`);
  await before?.();
  // Keeping and fetching take their time: what has appeared or changed meanwhile is in no recovery.
  if (!(await isAsPlanned(plan))) {
    await abandon(place, record);
    throw changedSince(move);
  }
  try {
    return { head: await carryOut(context, place, record, print), recoveryId: record.recoveryId };
  } catch (error) {
    return takeBack(context, place, record, error);
  }
}

function refuseObstacles({ obstacles, move }: MovePlan): void {
  if (obstacles.length > 0) throw refusal(move.operation, obstacles.join(" "));
}

function changedSince({ operation }: Move): Error {
  return refusal(
    operation,
    `What the ${operation} would do has changed since it was looked at: look at the preview again.`,
  );
}

/** Nothing was moved, so there is nothing to undo or to finish. */
async function abandon(place: RepositoryPlace, record: RecoveryRecord): Promise<void> {
  await writeRecovery(place.root, { ...record, state: "undone" });
}
