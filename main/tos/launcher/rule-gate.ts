import type { RuleNotice } from "#contract/tos/view";
import type { TosOperation } from "#contract/tos/vocabulary";
import { judgeProject } from "#domain/tos/governance/judge-project";
import { ruleNotices } from "#domain/tos/governance/rule-notices";
import { judgeNotices } from "#domain/tos/launcher/judge-notices";
import type { CancelRequest } from "#domain/tos/runs/cancel-request";
import { readProject } from "../project/read-project";
import { readRepository } from "../repository/read-repository";
import { readRuns } from "../runs/run-store";
import type { OperationContext, OperationEnd } from "./operation";

/** Runs that are looked at for what was tested and cleaned before. */
const remembered = 100;

/**
 * Holds the operation against the rules (governance.md): says each that stands in its way, one line each, and returns how
 * the operation ends when one is neither kept nor acknowledged, or when it was cancelled before it had begun; null when it
 * may go on.
 */
export async function passRules(
  context: OperationContext,
  target: string | null,
): Promise<OperationEnd | null> {
  const { provenance, say } = context;
  const { lines, refused } = judgeNotices(await noticesFor(context, target), provenance);
  for (const line of lines) say(line);
  if (refused.length > 0) return { exitCode: 1, endReason: `governance: refused by ${refused.join(", ")}` };
  if (!context.cancel.aborted) return null;
  const endReason = `cancelled: ${(context.cancel.reason as CancelRequest).reason}`;
  say(endReason);
  return { exitCode: 1, endReason };
}

/** Says the rules that stand in the way of an operation with `-Clean` which goes on in spite of them. */
export async function warnOfRules(context: OperationContext, operation: TosOperation): Promise<void> {
  const notices = await noticesFor({ ...context, operation, clean: true }, null);
  const warnings = notices.map((notice): RuleNotice => ({ ...notice, class: "warn" }));
  const { lines } = judgeNotices(warnings, { from: "command line", acknowledgements: [] });
  for (const line of lines) context.say(line);
}

async function noticesFor(context: OperationContext, target: string | null): Promise<RuleNotice[]> {
  const { root, environment, clock, operation, clean, runId } = context;
  const now = clock.nowUnixMs();
  const [reading, repository, runs] = await Promise.all([
    readProject(root, environment, clock),
    readRepository(root, environment, now),
    readRuns(root, remembered),
  ]);
  // Without a repository git itself refuses a checkpoint, in the launcher's words (launcher.md §6).
  if (operation === "checkpoint" && (repository.state === "none" || repository.state === "broken")) return [];
  const others = runs.filter((run) => run.runId !== runId);
  const findings = judgeProject(reading, repository, others, now);
  return ruleNotices(operation, findings, reading, { repository, clean, target });
}
