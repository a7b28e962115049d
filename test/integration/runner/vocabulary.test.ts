import { readdirSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { browserErrorCodes } from "#domain/surfaces/browser-automation/contract";
import { customCommandErrorCodes } from "#domain/surfaces/custom-command/contract";
import { defaultExecutionPolicy } from "#domain/surfaces/custom-command/policy";
import { dashboardErrorCodes } from "#domain/surfaces/dashboard/contract";
import { memoryErrorCodes } from "#domain/surfaces/memory/contract";
import { voiceErrorCodes } from "#domain/surfaces/voice/contract";
import { waitMs } from "../../support/limits";
import { temporaryFolder } from "../../support/temporary-folder";
import { defaultSettings, filesBelow, fixturesRoot, jsonLines, runCycleOf, surfaces } from "./cycle-harness";

const common = [
  "healthy_cycle",
  "queue_backpressure_applied",
  "duplicate_cases_skipped",
  "malformed_inputs_observed",
  "retry_attempted",
  "retryable_failures_observed",
  "case_processing_failed",
];
/** Every reason code of spec/tau/surfaces.md §4 for the five surfaces. */
const reasonCodes = [
  ...common,
  "action_limit_guardrail_denied",
  "unsafe_actions_denied",
  "timeout_failures_observed",
  "wake_word_detected",
  "turns_handled",
  "widget_views_updated",
  "control_actions_applied",
  "command_registry_mutated",
  "command_runs_recorded",
  "command_run_timeout_observed",
  "command_run_non_zero_exit_observed",
  "command_run_spawn_failures_observed",
  "command_run_missing_command_observed",
];
const errorCodes = [
  voiceErrorCodes,
  browserErrorCodes,
  dashboardErrorCodes,
  customCommandErrorCodes,
  memoryErrorCodes,
].flatMap((codes) => Object.values(codes));

test("the fixtures bring out every reason code and every error code a fixture can express", async () => {
  const seenReasons = new Set<string>();
  const seenErrors = new Set<string>();
  for (const surface of surfaces) {
    const folder = path.join(fixturesRoot, `${surface}-contract`);
    for (const name of readdirSync(folder)) {
      const stateDir = await temporaryFolder();
      const settings =
        surface === "custom-command"
          ? ({
              surface,
              policy: defaultExecutionPolicy,
              runTimeoutMs: name === "run-timeout.json" ? 50 : waitMs,
            } as const)
          : defaultSettings(surface);
      for (let cycle = 0; cycle < 2; cycle += 1) {
        await runCycleOf({ surface, fixturePath: path.join(folder, name), stateDir, settings });
      }
      const files = filesBelow(stateDir);
      for (const event of jsonLines(files["runtime-events.jsonl"] ?? "")) {
        for (const code of event["reason_codes"] as string[]) seenReasons.add(code);
      }
      for (const [file, text] of Object.entries(files)) {
        if (!file.endsWith("log.jsonl")) continue;
        for (const record of jsonLines(text)) {
          const { error_code: code } = record["payload"] as { error_code?: string };
          if (code !== undefined && code !== "") seenErrors.add(code);
        }
      }
    }
  }
  expect([...seenReasons].toSorted()).toEqual(reasonCodes.toSorted());
  // A control case must name its action (spec/tau/surfaces.md §9), so no valid fixture lacks one; and a case without
  // a workspace has no channel, so its code is in no log.
  const unexpressed = ["dashboard_invalid_action", "dashboard_invalid_scope"];
  expect([...seenErrors].toSorted()).toEqual(
    errorCodes.filter((code) => !unexpressed.includes(code)).toSorted(),
  );
});
