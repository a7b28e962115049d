import type { BrowserLiveSummary } from "#contract/reading";
import { jsonObject, type Json } from "../json";
import { browserErrorCodes, type BrowserCase } from "../surfaces/browser-automation/contract";
import type { ActionResult } from "./action-result";
import { listArtifacts } from "./artifacts";

/** A case with the result it was answered with, after it met its expectation. */
export interface AnsweredCase {
  readonly item: BrowserCase;
  readonly result: ActionResult;
  /** When the answer came. */
  readonly answeredUnixMs: number;
}

type TimelineEntry = BrowserLiveSummary["timeline"][number];

/** Sums up a run whose every case met its expectation (spec/tau/live-run.md §4). */
export function summarizeLiveRun(answered: readonly AnsweredCase[]): BrowserLiveSummary {
  const timeline = answered.map(timelineEntry);
  const withStep = (step: TimelineEntry["replay_step"]) =>
    timeline.filter((entry) => entry.replay_step === step).length;
  const withCode = (code: string) => timeline.filter((entry) => entry.error_code === code).length;
  const figures = {
    discovered_cases: answered.length,
    success_cases: withStep("success"),
    malformed_cases: withStep("malformed_input"),
    retryable_failures: withStep("retryable_failure"),
    timeout_failures: withCode(browserErrorCodes.timeout),
    denied_unsafe_actions: withCode(browserErrorCodes.unsafeOperation),
    denied_action_limit: withCode(browserErrorCodes.actionLimitExceeded),
    artifact_records: timeline.reduce((sum, entry) => sum + entry.artifact_types.length, 0),
  };
  const degraded = figures.retryable_failures > 0 || figures.timeout_failures > 0;
  return {
    ...figures,
    timeline,
    reason_codes: reasonCodes(figures),
    health_state: degraded ? "degraded" : "healthy",
  };
}

function timelineEntry({ item, result }: AnsweredCase): TimelineEntry {
  return {
    case_id: item.caseId,
    operation: item.operation,
    action: item.action,
    replay_step: result.outcome,
    status_code: result.statusCode,
    error_code: result.errorCode,
    artifact_types: listArtifacts(result.artifacts).map((artifact) => artifact.type),
  };
}

function reasonCodes(
  figures: Omit<BrowserLiveSummary, "timeline" | "reason_codes" | "health_state">,
): string[] {
  const rules: readonly (readonly [string, number])[] = [
    ["action_limit_guardrail_denied", figures.denied_action_limit],
    ["unsafe_actions_denied", figures.denied_unsafe_actions],
    ["timeout_failures_observed", figures.timeout_failures],
    ["live_executor_failures_observed", figures.retryable_failures],
    ["artifact_persisted", figures.artifact_records],
  ];
  const codes = rules.filter(([, count]) => count > 0).map(([code]) => code);
  return codes.length > 0 ? codes : ["healthy_cycle"];
}

/** `browser-live-summary.json`, keys in the file's order (spec/tau/live-run.md §4). */
export function encodeSummary(summary: BrowserLiveSummary): Json {
  return jsonObject({
    discovered_cases: summary.discovered_cases,
    success_cases: summary.success_cases,
    malformed_cases: summary.malformed_cases,
    retryable_failures: summary.retryable_failures,
    timeout_failures: summary.timeout_failures,
    denied_unsafe_actions: summary.denied_unsafe_actions,
    denied_action_limit: summary.denied_action_limit,
    artifact_records: summary.artifact_records,
    timeline: encodeTimeline(summary.timeline),
    reason_codes: summary.reason_codes,
    health_state: summary.health_state,
  });
}

/** The timeline as it stands in the summary and in the report. */
export function encodeTimeline(timeline: BrowserLiveSummary["timeline"]): Json {
  return timeline.map((entry) =>
    jsonObject({
      case_id: entry.case_id,
      operation: entry.operation,
      action: entry.action,
      replay_step: entry.replay_step,
      status_code: entry.status_code,
      error_code: entry.error_code,
      artifact_types: entry.artifact_types,
    }),
  );
}
