import { BridgeError } from "#contract/envelope";
import type { ParsedInput } from "#contract/requests";
import type { TosState } from "#contract/tos/view";
import { configChanges } from "#domain/tos/config-check/reminders";
import { ruleNotices } from "#domain/tos/governance/rule-notices";
import { configFile } from "#domain/tos/orchestration/config-reader";
import { operatorName } from "../../system/operator";
import { appendAcknowledged } from "../runs/acknowledged-file";
import { lockProject } from "../runs/lock";
import { nextRunId } from "../runs/run-store";
import { readConfigFile, writeConfigFile } from "./config-file";
import { refuseWhileRunning, type DeskContext, type OpenProject } from "./desk-context";
import { requireAcknowledged } from "./unmet-rules";

/**
 * Writes the configuration as given, while no run works on the project: unless the file has changed since the edit began, or a
 * rule stands in the way that was not acknowledged. Why and what is in the operator log before it is in the file.
 */
export async function saveConfig(
  { log, clock }: DeskContext,
  { project, view, reading }: OpenProject,
  { text, baseDigest, reason, acknowledgements }: ParsedInput<"tos.saveConfig">,
): Promise<TosState> {
  const { root } = project;
  refuseWhileRunning(project, "change of the configuration");
  const lock = await lockProject(root, await nextRunId(root, clock.nowUnixMs()));
  try {
    const present = await readConfigFile(root);
    if (present.digest !== baseDigest)
      throw new BridgeError(
        "conflict",
        `${configFile} has changed since the edit began. Nothing was written; take the file as it is now and make the change again.`,
      );
    if (present.text === text) return project.state();
    const notices = ruleNotices("save-config", view.rules, reading, {
      repository: view.repository,
      configText: text,
    });
    requireAcknowledged("The change of the configuration", notices, acknowledgements);
    const changes = configChanges(present.text, text);
    const spoken = acknowledgements.map(({ rule, reason: why }) => `${rule} acknowledged: ${why}`);
    log.append({
      action: "configure",
      surface: "tos",
      reason,
      effect: [`${configFile}: ${changes.join(" ") || "no defined value changes."}`, ...spoken].join("; "),
    });
    await appendAcknowledged(
      root,
      acknowledgements.map((acknowledgement) => ({
        ...acknowledgement,
        unixMs: Math.floor(clock.nowUnixMs()),
        operator: operatorName(),
        operation: "save-config",
        runId: null,
      })),
    );
    await writeConfigFile(root, text);
  } finally {
    await lock.release();
  }
  return project.refresh();
}
