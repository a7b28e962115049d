import type { Print } from "./carry-out";
import { clearLeftovers } from "./clear-leftovers";
import type { RepositoryContext } from "./context";
import { GitFailure } from "./git-failure";
import { performMove, type Moved } from "./perform-move";
import { findRepository, type RepositoryPlace } from "./place";
import { rollbackMove } from "./preview";
import { runGit } from "./run-git";
import { resolveTarget, type Target } from "./target";
import { note } from "./tell";

/** A remote that does not answer must not hold up a rollback, whose result does not depend on it. */
const fetchAtMostMs = 30_000;

export interface RollbackWish {
  /** Hash, branch or tag; null: where `logs/last_checkpoint.txt` points. */
  readonly target: string | null;
  /** The preview the operator has seen; refused when it no longer holds. Null on a command line. */
  readonly previewId: string | null;
  readonly reason: string;
  /** The automatic test follows and removes the run's state, which is kept too. */
  readonly willTest: boolean;
  /** Takes the lines of rollback.ps1. */
  readonly print: Print;
}

/**
 * Rolls the branch and the work tree back: clean tree demanded, everything that goes kept in a recovery, then fetch,
 * reset, clean (seed 004 "rollback mode"; spec/tos/launcher.md §7; governance G46). Killed at any point it leaves a
 * recovery that `undoRollback` and `finishRollback` work from. Rejects with a `GitFailure`.
 */
export async function rollBack(context: RepositoryContext, wish: RollbackWish): Promise<Moved> {
  const { root, environment } = context;
  const { reason, willTest, previewId, print } = wish;
  print("rollback start");
  print(`Root ${root}`);
  if (wish.target !== null) print(`TargetCommit ${wish.target}`);
  const place = await findRepository(root, environment);
  await clearLeftovers(place);
  const { target, fetched } = await resolveOrFetch(context, place, wish);
  if (wish.target === null) print(`TargetCommit ${target.name}`);
  const moved = await performMove(context, place, {
    move: rollbackMove(target.hash, willTest),
    previewId,
    wish: { reason, overlay: null, undoes: null },
    before: async () => {
      if (!fetched) await fetchQuietly(context, print);
    },
    print,
  });
  print(`head ${moved.head}`);
  print("rollback done");
  return moved;
}

/** A commit that is unknown here may be known to the remote; then nobody can have seen a preview of it. */
async function resolveOrFetch(
  context: RepositoryContext,
  place: RepositoryPlace,
  { target, previewId, print }: RollbackWish,
): Promise<{ readonly target: Target; readonly fetched: boolean }> {
  try {
    return { target: await resolveTarget(place, target), fetched: false };
  } catch (error) {
    if (!(error instanceof GitFailure) || error.exitCode === null || previewId !== null) throw error;
    await fetchQuietly(context, print);
    return { target: await resolveTarget(place, target), fetched: true };
  }
}

/** Its result is ignored (spec/tos/launcher.md §7), but said. */
async function fetchQuietly(context: RepositoryContext, print: Print): Promise<void> {
  print("git fetch");
  context.report({ kind: "git", command: "git fetch" });
  try {
    await runGit(context.root, ["fetch", "--no-recurse-submodules"], {
      environment: context.environment,
      variables: { GIT_SSH_COMMAND: context.environment["GIT_SSH_COMMAND"] ?? "ssh -o BatchMode=yes" },
      timeoutMs: fetchAtMostMs,
      writing: true,
    });
  } catch (error) {
    note(context, `git fetch failed and is not needed: ${(error as Error).message}`);
  }
}
