import type { SurfaceId } from "#contract/identity";
import {
  anyOf,
  backlog,
  failing,
  holdWithoutCode,
  holdWithoutRecentEvents,
  lastCycleReports,
  liveErrorCode,
  liveFigure,
  manyDuplicates,
  repeatedCode,
  runNotStarted,
  stateWithCode,
  type Symptom,
} from "./evidence";

/** One row of a symptom → action table, and how to tell that it applies. */
export interface TroubleshootingRow {
  readonly id: string;
  readonly symptom: string;
  readonly action: string;
  readonly source: string;
  readonly appearsIn: Symptom;
}

const degradedCase = stateWithCode("degraded", "case_processing_failed");
const repeatedRetries = repeatedCode("retry_attempted", "retryable_failures_observed");

/** Custom command runbook, word for word. */
const seed000 = "seed 000, Troubleshooting";
const customCommandRows: readonly TroubleshootingRow[] = [
  {
    id: "degraded-case-processing-failed",
    symptom: "health state `degraded` with `case_processing_failed`.",
    action: "inspect `runtime-events.jsonl`, then verify fixture expectations and schema compatibility.",
    source: seed000,
    appearsIn: degradedCase,
  },
  {
    id: "repeated-retries",
    symptom: "repeated `retry_attempted` or `retryable_failures_observed`.",
    action: "confirm transient failure semantics and retry configuration.",
    source: seed000,
    appearsIn: repeatedRetries,
  },
  {
    id: "hold-without-registry-mutation",
    symptom: "rollout hold with `command_registry_mutated` missing when expecting changes.",
    action: "confirm fixture operations include `create`, `update`, or `delete`.",
    source: seed000,
    appearsIn: holdWithoutCode("command_registry_mutated"),
  },
  {
    id: "many-duplicates",
    symptom: "high duplicate counts.",
    action: "inspect processed-case keys and verify fixture case identifiers are unique.",
    source: seed000,
    appearsIn: manyDuplicates,
  },
];

/** Dashboard runbook, word for word. */
const seed002 = "seed 002, Troubleshooting";
const dashboardRows: readonly TroubleshootingRow[] = [
  {
    id: "degraded-case-processing-failed",
    symptom: "health state `degraded` with `case_processing_failed`.",
    action: "inspect `runtime-events.jsonl`, then verify fixture expectations and output paths.",
    source: seed002,
    appearsIn: degradedCase,
  },
  {
    id: "degraded-retry-attempted",
    symptom: "health state `degraded` with `retry_attempted`.",
    action: "inspect fixture cases with simulated transient failures and retry controls.",
    source: seed002,
    appearsIn: stateWithCode("degraded", "retry_attempted"),
  },
  {
    id: "failing",
    symptom: "health state `failing` (`failure_streak >= 3`).",
    action: "treat as rollout gate failure; pause promotion and investigate repeated failures.",
    source: seed002,
    appearsIn: failing,
  },
  {
    id: "hold-without-recent-events",
    symptom: "`rollout_gate=hold` with zero recent events.",
    action: "run demo or targeted fixture to refresh runtime state and confirm status signal freshness.",
    source: seed002,
    appearsIn: holdWithoutRecentEvents,
  },
  {
    id: "backlog",
    symptom: "non-zero `queue_depth`.",
    action: "increase `--dashboard-queue-limit` or reduce fixture batch size to avoid backlog drops.",
    source: seed002,
    appearsIn: backlog,
  },
];

/** Rows every surface's runbook shares (spec/tau/live-run.md §7, troubleshooting map). */
const liveRun7 = "spec/tau/live-run.md §7";
const commonRows = (surface: SurfaceId): readonly TroubleshootingRow[] => [
  {
    id: "degraded-case-processing-failed",
    symptom: "degraded with `case_processing_failed`",
    action: "inspect `runtime-events.jsonl`, fixture expectations and schema, and permissions.",
    source: liveRun7,
    appearsIn: degradedCase,
  },
  {
    id: "repeated-retries",
    symptom: "`retry_attempted` or `retryable_failures_observed`",
    action: "look at simulated transient failures and the retry settings.",
    source: liveRun7,
    appearsIn: repeatedRetries,
  },
  {
    id: "failing",
    symptom: "failing (failure_streak of 3 or more)",
    action: "treat as a gate failure and pause promotion.",
    source: liveRun7,
    appearsIn: failing,
  },
  {
    id: "hold-without-recent-events",
    symptom: "hold with stale state or zero events",
    action: "run the demo or a targeted fixture, and check freshness again.",
    source: liveRun7,
    appearsIn: holdWithoutRecentEvents,
  },
  {
    id: "backlog",
    symptom: "`queue_depth` above 0",
    action: `raise \`--${surface}-queue-limit\` or use a smaller fixture.`,
    source: liveRun7,
    appearsIn: backlog,
  },
  {
    id: "many-duplicates",
    symptom: "high duplicates",
    action: "check processed keys and case ids.",
    source: liveRun7,
    appearsIn: manyDuplicates,
  },
];

const browserRows: readonly TroubleshootingRow[] = [
  {
    id: "browser-missing-binary",
    symptom: "missing binary",
    action: "drop `--skip-build`, so that it is built.",
    source: liveRun7,
    appearsIn: runNotStarted,
  },
  {
    id: "browser-timeout",
    symptom: "timeout",
    action: "give it a larger limit.",
    source: liveRun7,
    appearsIn: anyOf(liveFigure("timeout_failures"), lastCycleReports("timeout_failures_observed")),
  },
  {
    id: "browser-wrapper",
    symptom: "wrapper problem",
    action: "check the executor's path.",
    source: liveRun7,
    appearsIn: anyOf(
      liveErrorCode("browser_automation_backend_unavailable"),
      lastCycleReports("live_executor_failures_observed"),
    ),
  },
  {
    id: "browser-denials",
    symptom: "denials",
    action: "look at `reason_codes` and `error_code`.",
    source: liveRun7,
    appearsIn: anyOf(
      liveFigure("denied_action_limit", "denied_unsafe_actions"),
      lastCycleReports("action_limit_guardrail_denied", "unsafe_actions_denied"),
    ),
  },
];

const ownRows: Readonly<Record<SurfaceId, readonly TroubleshootingRow[]>> = {
  voice: [],
  memory: [],
  "browser-automation": browserRows,
  dashboard: dashboardRows,
  "custom-command": customCommandRows,
};

/** The rows of a surface: its own runbook's first, then those shared rows that the runbook does not have itself. */
export function troubleshootingRows(surface: SurfaceId): readonly TroubleshootingRow[] {
  const own = ownRows[surface];
  const ids = new Set(own.map((row) => row.id));
  return [...own, ...commonRows(surface).filter((row) => !ids.has(row.id))];
}
