import path from "node:path";
import { defaultBrowserPolicy } from "#domain/surfaces/browser-automation/evaluate";
import type { CommandContext } from "../../cli/terminal";
import { systemClock } from "../../system/clock";
import { withInterruption } from "../interruption";
import { positive, readOptions, required } from "../options";
import { runHarness, type HarnessOptions } from "./run-harness";

/** `gatehouse browser-live-harness`: one live run through an executor program (spec/tau/live-run.md §4). */
export async function runHarnessCommand(argv: readonly string[], context: CommandContext): Promise<number> {
  const options = parseHarnessOptions(argv);
  await withInterruption((signal) =>
    runHarness(options, {
      clock: systemClock,
      terminal: context.terminal,
      environment: context.environment,
      signal,
    }),
  );
  return 0;
}

/** The harness's flags with their defaults (spec/tau/live-run.md §4). Throws a `UsageError`. */
export function parseHarnessOptions(argv: readonly string[]): HarnessOptions {
  const values = readOptions(argv, {
    fixture: { type: "string" },
    "state-dir": { type: "string" },
    "playwright-cli": { type: "string" },
    "summary-json-out": { type: "string" },
    "artifact-retention-days": { type: "string", default: "7" },
    "action-timeout-ms": { type: "string", default: String(defaultBrowserPolicy.actionTimeoutMs) },
    "max-actions-per-case": { type: "string", default: String(defaultBrowserPolicy.maxActionsPerCase) },
    "allow-unsafe-actions": { type: "boolean", default: false },
  });
  const stateDir = required(values["state-dir"], "state-dir");
  const days = values["artifact-retention-days"];
  return {
    fixturePath: required(values.fixture, "fixture"),
    stateDir,
    playwrightCli: required(values["playwright-cli"], "playwright-cli"),
    summaryPath: values["summary-json-out"] ?? path.join(stateDir, "browser-live-summary.json"),
    retentionDays: days.trim().toLowerCase() === "none" ? null : positive(days, "artifact-retention-days"),
    policy: {
      actionTimeoutMs: positive(values["action-timeout-ms"], "action-timeout-ms"),
      maxActionsPerCase: positive(values["max-actions-per-case"], "max-actions-per-case"),
      allowUnsafeActions: values["allow-unsafe-actions"],
    },
  };
}
