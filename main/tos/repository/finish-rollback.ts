import type { RecoveryRecord } from "#domain/tos/repository/recovery-record";
import { carryOut, type Print } from "./carry-out";
import { clearLeftovers } from "./clear-leftovers";
import type { RepositoryContext } from "./context";
import { pathOfRecord } from "./disk-path";
import { asFailure, refusal } from "./git-failure";
import { keepRecovery } from "./keep-recovery";
import { findRepository } from "./place";
import { planMove, type MovePlan } from "./plan-move";
import type { Moved } from "./perform-move";
import { isAtWork, listInterrupted, readRecovery, writeRecovery } from "./recovery-store";
import { note } from "./tell";
import { processStartTime } from "../../system/process-identity";

export interface FinishWish {
  readonly recoveryId: string;
  readonly reason: string;
  readonly print: Print;
}

/**
 * Carries an operation that was cut off to its end. What its first attempt has left half done, and what somebody has
 * changed since, is kept in a recovery of its own first. Rejects with a `GitFailure`; the operation stays open then.
 */
export async function finishRollback(context: RepositoryContext, wish: FinishWish): Promise<Moved> {
  const { root, environment } = context;
  const { recoveryId, reason, print } = wish;
  print("finish start");
  print(`Root ${root}`);
  print(`Recovery ${recoveryId}`);
  const place = await findRepository(root, environment);
  const record = await readRecovery(root, recoveryId);
  if (record.state !== "open")
    throw refusal("finish", `The ${record.operation} ${recoveryId} was not cut off: it is ${record.state}.`);
  if (isAtWork(record))
    throw refusal("finish", `The ${record.operation} ${recoveryId} is still being carried out.`);
  await clearLeftovers(place);
  const plan = await planMove(place, {
    operation: record.operation,
    toHash: record.toHash,
    goal: record.overlay ?? record.toHash,
    goalModes: new Map(),
    willTest: false,
    allowDirty: true,
    interrupted: await listInterrupted(place.root),
    about: record,
  });
  if (plan.obstacles.length > 0) throw refusal("finish", plan.obstacles.join(" "));
  const resumed: RecoveryRecord = {
    ...record,
    process: { pid: process.pid, startTime: processStartTime(process.pid) },
  };
  if (leavesSomething(plan, record)) {
    const left = await keepRecovery(context, plan, {
      reason: `Left by the ${record.operation} ${recoveryId} that was cut off. ${reason}`,
      state: "done",
      overlay: null,
      undoes: null,
    });
    note(context, `recovery ${left.ref} keeps what the interrupted ${record.operation} has left.`);
  }
  await writeRecovery(root, resumed).catch(asFailure("finish"));
  const head = await carryOut(context, place, resumed, print).catch(asFailure("finish"));
  print(`head ${head}`);
  print("finish done");
  return { head, recoveryId };
}

/** Whether there is anything now that is neither in a commit nor in the operation's own recovery. */
function leavesSomething(plan: MovePlan, record: RecoveryRecord): boolean {
  const kept = new Map(record.removals.map(({ path, signature }) => [pathOfRecord(path), signature]));
  return plan.effects.list.some(
    ({ path, keep, disk }) => keep && disk !== null && kept.get(path) !== disk.signature,
  );
}
