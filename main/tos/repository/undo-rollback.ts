import type { Print } from "./carry-out";
import { clearLeftovers } from "./clear-leftovers";
import type { RepositoryContext } from "./context";
import { refusal } from "./git-failure";
import { performMove, type Moved } from "./perform-move";
import { findRepository } from "./place";
import { undoMove } from "./preview";
import { isAtWork, readRecovery } from "./recovery-store";

export interface UndoWish {
  readonly recoveryId: string;
  /** The preview the operator has seen; null on a command line. */
  readonly previewId: string | null;
  readonly reason: string;
  readonly print: Print;
}

/**
 * Takes an operation back: the branch stands where it stood, and every file that went, tracked or not, is there again byte
 * for byte, with its permissions; so are empty folders. Works from an interrupted operation too, and has a recovery of
 * its own. Rejects with a `GitFailure`.
 */
export async function undoRollback(context: RepositoryContext, wish: UndoWish): Promise<Moved> {
  const { root, environment } = context;
  const { recoveryId, previewId, reason, print } = wish;
  print("undo start");
  print(`Root ${root}`);
  print(`Recovery ${recoveryId}`);
  const place = await findRepository(root, environment);
  const recovery = await readRecovery(root, recoveryId);
  if (isAtWork(recovery))
    throw refusal("undo", `The ${recovery.operation} ${recoveryId} is still being carried out.`);
  await clearLeftovers(place);
  const moved = await performMove(context, place, {
    move: await undoMove(place, recovery),
    previewId,
    wish: { reason, overlay: recovery.commit, undoes: recoveryId },
    print,
  });
  print(`head ${moved.head}`);
  print("undo done");
  return moved;
}
