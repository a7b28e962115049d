import { describe, expect, it } from "vitest";
import type { ActionResult } from "#domain/browser-live/action-result";
import { previousHealthState, liveEventRecord } from "#domain/browser-live/event-record";
import { liveSummaryProblems } from "#domain/browser-live/report";
import { encodeSummary, summarizeLiveRun } from "#domain/browser-live/summary";
import { transcriptLines } from "#domain/browser-live/transcript";
import { printCompact, printPretty } from "#domain/json";
import { browserLiveSummarySchema } from "#contract/reading";
import { actionResult, browserCase } from "./cases";

const timeout: Partial<ActionResult> = {
  outcome: "retryable_failure",
  statusCode: 504,
  errorCode: "browser_automation_timeout",
};
const unavailable: Partial<ActionResult> = {
  outcome: "retryable_failure",
  statusCode: 503,
  errorCode: "browser_automation_backend_unavailable",
};
const unsafe: Partial<ActionResult> = {
  outcome: "malformed_input",
  statusCode: 403,
  errorCode: "browser_automation_unsafe_operation",
};
const limited: Partial<ActionResult> = {
  outcome: "malformed_input",
  statusCode: 429,
  errorCode: "browser_automation_action_limit_exceeded",
};
const evidence = { artifacts: { domSnapshotHtml: " ", screenshotSvg: "<svg/>", traceJson: "{}" } };

function summarize(...results: readonly Partial<ActionResult>[]) {
  return summarizeLiveRun(
    results.map((result, index) => ({
      item: browserCase({ case_id: ` case-${index} `, operation: "ACTION" }),
      result: actionResult(result),
      answeredUnixMs: index,
    })),
  );
}

describe("live summary (spec/tau/live-run.md §4)", () => {
  it("gives every reason code in its order, and degraded", () => {
    expect(summarize(evidence, timeout, unavailable, unsafe, limited)).toMatchObject({
      discovered_cases: 5,
      success_cases: 1,
      malformed_cases: 2,
      retryable_failures: 2,
      timeout_failures: 1,
      denied_unsafe_actions: 1,
      denied_action_limit: 1,
      artifact_records: 2,
      reason_codes: [
        "action_limit_guardrail_denied",
        "unsafe_actions_denied",
        "timeout_failures_observed",
        "live_executor_failures_observed",
        "artifact_persisted",
      ],
      health_state: "degraded",
    });
  });

  it.each([
    ["nothing to say", [{}], ["healthy_cycle"], "healthy"],
    ["a denial", [limited], ["action_limit_guardrail_denied"], "healthy"],
    ["a malformed case", [{ outcome: "malformed_input", statusCode: 422 }], ["healthy_cycle"], "healthy"],
    ["a missing backend", [unavailable], ["live_executor_failures_observed"], "degraded"],
  ] as const)("judges %s", (_name, results, codes, health) => {
    const summary = summarize(...results);
    expect(summary.reason_codes).toEqual(codes);
    expect(summary.health_state).toBe(health);
  });

  it("leaves blank artifacts out of the timeline", () => {
    expect(summarize(evidence).timeline).toEqual([
      {
        case_id: "case-0",
        operation: "action",
        action: "click",
        replay_step: "success",
        status_code: 200,
        error_code: "",
        artifact_types: ["screenshot", "trace"],
      },
    ]);
  });

  it("is what the console reads, pretty, in order, without a last newline", () => {
    const text = printPretty(encodeSummary(summarize(evidence, timeout)));
    expect(browserLiveSummarySchema.parse(JSON.parse(text))).toEqual(summarize(evidence, timeout));
    expect(Object.keys(JSON.parse(text))).toEqual([
      "discovered_cases",
      "success_cases",
      "malformed_cases",
      "retryable_failures",
      "timeout_failures",
      "denied_unsafe_actions",
      "denied_action_limit",
      "artifact_records",
      "timeline",
      "reason_codes",
      "health_state",
    ]);
    expect(text.startsWith('{\n  "discovered_cases": 2,')).toBe(true);
    expect(text.endsWith("}")).toBe(true);
  });

  it("prints the transcript's lines", () => {
    expect(transcriptLines(summarize(evidence, timeout), "out/s.json")).toEqual([
      "browser automation live harness summary: discovered=2 success=1 malformed=0 retryable_failures=1 timeout_failures=1 denied_unsafe_actions=0 denied_action_limit=0 artifact_records=2 health_state=degraded",
      "timeline[0] case_id=case-0 operation=action action=click replay_step=success status_code=200 error_code=none artifact_types=screenshot,trace",
      "timeline[1] case_id=case-1 operation=action action=click replay_step=retryable_failure status_code=504 error_code=browser_automation_timeout artifact_types=none",
      "summary_json=out/s.json",
    ]);
  });

  it("names every reason a summary is not accepted", () => {
    expect(liveSummaryProblems(summarize({}, {}, {}))).toEqual([]);
    expect(liveSummaryProblems(summarize(timeout))).toEqual([
      "discovered_cases: expected 3, found 1",
      "success_cases: expected 3, found 0",
      "health_state: expected healthy, found degraded",
      "timeline: expected 3 entries, found 1",
    ]);
    // Denials and error codes are not looked at, as in the reference.
    expect(
      liveSummaryProblems({ ...summarize({}, {}, {}), reason_codes: ["unsafe_actions_denied"] }),
    ).toEqual([]);
  });
});

describe("live event record (spec/tau/live-run.md §4)", () => {
  it("sorts its keys and tells the transition", () => {
    expect(printCompact(liveEventRecord(summarize(timeout), "healthy", 7))).toBe(
      '{"artifact_records":0,"denied_action_limit":0,"denied_unsafe_actions":0,"discovered_cases":1,"health_state":"degraded","health_transition":"healthy->degraded","malformed_cases":0,"previous_health_state":"healthy","reason_codes":["timeout_failures_observed","live_executor_failures_observed"],"retryable_failures":1,"success_cases":0,"timeout_failures":1,"timestamp_unix_ms":7}',
    );
    expect(printCompact(liveEventRecord(summarize({}), "healthy", 7))).toContain(
      '"health_transition":"steady"',
    );
  });

  it.each([
    ["", "unknown"],
    ['{"health_state":"degraded"}\n', "degraded"],
    ['e":1}\n{"health_state":"healthy"}\n', "healthy"],
    ['{"health_state":"degraded"}\n{"health_st', "unknown"],
    ['{"health_state":3}\n', "unknown"],
    ["[]\n", "unknown"],
  ])("reads the previous state from %j", (tail, state) => {
    expect(previousHealthState(tail)).toBe(state);
  });
});
