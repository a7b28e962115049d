import type { TosState } from "#contract/tos/view";
import { operatorName } from "../../system/operator";
import { appendAcknowledged } from "../runs/acknowledged-file";
import { requireProject, type DeskContext } from "./desk-context";

/** What an operator confirms with it (spec/tos/governance.md §2, G03). */
const confirmed = "I have read the runbook and understand its rules";

/** Records that this operator, now, has read and understood the runbook. */
export async function acknowledgeRunbook(context: DeskContext): Promise<TosState> {
  const { project } = await requireProject(context);
  const operator = operatorName();
  context.log.append({
    action: "acknowledge",
    surface: "tos",
    reason: confirmed,
    effect: "G03 acknowledged",
  });
  await appendAcknowledged(project.root, [
    {
      rule: "G03",
      reason: confirmed,
      unixMs: Math.floor(context.clock.nowUnixMs()),
      operator,
      operation: "acknowledge-runbook",
      runId: null,
    },
  ]);
  return project.refresh();
}
