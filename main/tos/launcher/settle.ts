import type { TosOperation } from "#contract/tos/vocabulary";
import { finishRollback } from "../repository/finish-rollback";
import { GitFailure, refusal } from "../repository/git-failure";
import { readRepository } from "../repository/read-repository";
import { discardTree, stashTree } from "../repository/settle-tree";
import { undoRollback } from "../repository/undo-rollback";
import type { OperationContext, OperationEnd, OperationHost } from "./operation";
import { performOperation } from "./perform-operation";
import { passRules } from "./rule-gate";
import type { Provenance } from "#domain/tos/launcher/arguments";

/** What is done around a rollback, as it was asked for. */
export interface SettleRequest {
  readonly operation: Extract<TosOperation, "undo" | "finish" | "stash" | "discard">;
  /** Absolute folder of the project. */
  readonly root: string;
  /** Null: the newest recovery that can be undone, or the operation that was cut off. */
  readonly recoveryId: string | null;
  /** Working tree that was looked at; null: the present one. */
  readonly treeDigest: string | null;
  readonly provenance: Provenance;
}

/**
 * Undoes or finishes a rollback, or makes the working tree clean: each in this process, with lock and progress like a
 * launch. Returns the exit code; never rejects.
 */
export function settle(request: SettleRequest, host: OperationHost): Promise<number> {
  const { operation, root, provenance, recoveryId } = request;
  return performOperation(
    { operation, clean: false, root, subject: recoveryId ?? "", provenance, head: [] },
    host,
    async (context) => (await passRules(context, null)) ?? carryOut(context, request),
  );
}

async function carryOut(context: OperationContext, request: SettleRequest): Promise<OperationEnd> {
  try {
    const { head, recoveryId } = await perform(context, request);
    return { exitCode: 0, endReason: `${request.operation}: HEAD is ${head}, recovery ${recoveryId}` };
  } catch (error) {
    if (!(error instanceof GitFailure)) throw error;
    const endReason = `error: ${error.plain}`;
    context.say(endReason);
    return { exitCode: 1, endReason };
  }
}

async function perform(
  context: OperationContext,
  { operation, recoveryId, treeDigest, provenance }: SettleRequest,
): Promise<{ readonly head: string; readonly recoveryId: string }> {
  const { root, environment, clock, print } = context;
  const { reason, previewId } = provenance;
  const repository = await readRepository(root, environment, clock.nowUnixMs());
  switch (operation) {
    case "undo": {
      const newest = repository.recoveries.find(({ state }) => state !== "undone");
      const undone = recoveryId ?? newest?.recoveryId ?? nothingTo(operation);
      return undoRollback(context, { recoveryId: undone, previewId, reason, print });
    }
    case "finish": {
      const finished = recoveryId ?? repository.interrupted ?? nothingTo(operation);
      return finishRollback(context, { recoveryId: finished, reason, print });
    }
    case "stash":
    case "discard": {
      const wish = { treeDigest: treeDigest ?? repository.treeDigest, reason, print };
      return operation === "stash" ? stashTree(context, wish) : discardTree(context, wish);
    }
  }
}

function nothingTo(operation: "undo" | "finish"): never {
  const what = operation === "undo" ? "recovery that can be undone" : "rollback that was cut off";
  throw refusal(operation, `There is no ${what}: see gatehouse tos-rollback list.`);
}
