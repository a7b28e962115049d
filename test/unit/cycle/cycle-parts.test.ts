import { expect, test } from "vitest";
import { ContractError, describeError, errorChain } from "#domain/contract-error";
import { voiceDefinition } from "#domain/surfaces/voice/definition";
import { cycleHealth } from "#domain/cycle/health-snapshot";
import { retryDelayMs } from "#domain/cycle/play-cycle";
import { ProcessedKeys } from "#domain/cycle/processed-keys";
import { deriveReasonCodes } from "#domain/cycle/reason-codes";
import { parseStateDocument } from "#domain/cycle/state-document";
import { classifyHealth } from "#domain/health";

const none = {
  discovered_cases: 3,
  queued_cases: 3,
  applied_cases: 0,
  duplicate_skips: 0,
  malformed_cases: 0,
  retryable_failures: 0,
  retry_attempts: 0,
  failed_cases: 0,
};

test("delays double and stop doubling after ten times", () => {
  expect([1, 2, 3, 11, 12, 99].map((attempt) => retryDelayMs(10, attempt))).toEqual([
    10, 20, 40, 10_240, 10_240, 10_240,
  ]);
  expect(retryDelayMs(0, 5)).toBe(0);
});

test("processed keys are trimmed, kept once, and the last ones up to the cap", () => {
  expect(new ProcessedKeys([" a", "b", "", " ", "a ", "c"], 10).list()).toEqual(["a", "b", "c"]);
  const keys = new ProcessedKeys(["a", "b", "c"], 2);
  expect(keys.list()).toEqual(["b", "c"]);
  keys.remember("d");
  expect([keys.list(), keys.has("b"), keys.has("d")]).toEqual([["c", "d"], false, true]);
});

test("reason codes keep their order, and nothing to say is healthy_cycle", () => {
  const rules = {
    malformedReasons: [{ code: "odd_input", counters: ["odd" as const] }],
    reasons: [{ code: "did_work", counters: ["one" as const, "two" as const] }],
  };
  const all = {
    ...none,
    queued_cases: 1,
    duplicate_skips: 1,
    malformed_cases: 1,
    retryable_failures: 1,
    retry_attempts: 1,
    failed_cases: 1,
  };
  expect(deriveReasonCodes(none, { odd: 0, one: 0, two: 0 }, rules)).toEqual(["healthy_cycle"]);
  expect(deriveReasonCodes(all, { odd: 1, one: 0, two: 2 }, rules)).toEqual([
    "queue_backpressure_applied",
    "duplicate_cases_skipped",
    "odd_input",
    "retry_attempted",
    "retryable_failures_observed",
    "case_processing_failed",
    "did_work",
  ]);
  expect(deriveReasonCodes({ ...none, malformed_cases: 1 }, {}, { reasons: [] })).toEqual([
    "malformed_inputs_observed",
  ]);
  expect(deriveReasonCodes({ ...none, malformed_cases: 1 }, { odd: 0, one: 0, two: 0 }, rules)).toEqual([
    "healthy_cycle",
  ]);
});

test("the health snapshot counts malformed cases as completed, and backlog as depth only", () => {
  const counters = {
    ...none,
    discovered_cases: 9,
    queued_cases: 7,
    applied_cases: 2,
    duplicate_skips: 1,
    malformed_cases: 3,
    failed_cases: 1,
  };
  expect(cycleHealth(counters, 4, 1000, 5)).toEqual({
    updated_unix_ms: 1000,
    cycle_duration_ms: 5,
    queue_depth: 2,
    active_runs: 0,
    failure_streak: 5,
    last_cycle_discovered: 9,
    last_cycle_processed: 7,
    last_cycle_completed: 5,
    last_cycle_failed: 1,
    last_cycle_duplicates: 1,
  });
  expect(cycleHealth({ ...counters, failed_cases: 0 }, 4, 1000, 5).failure_streak).toBe(0);
});

test.each([
  [0, 0, "healthy", "no recent transport failures observed"],
  [1, 1, "degraded", "recent transport failures observed (failure_streak=1, last_cycle_failed=1)"],
  [0, 2, "degraded", "recent transport failures observed (failure_streak=0, last_cycle_failed=2)"],
  [2, 0, "degraded", "recent transport failures observed (failure_streak=2, last_cycle_failed=0)"],
  [3, 0, "failing", "transport failures are sustained (failure_streak=3)"],
])("a streak of %d and %d failures is %s", (streak, failed, state, reason) => {
  expect(classifyHealth({ failure_streak: streak, last_cycle_failed: failed })).toMatchObject({
    state,
    reason,
  });
});

test("a healthy surface needs no action", () => {
  expect(classifyHealth({ failure_streak: 0, last_cycle_failed: 0 }).recommendation).toBe(
    "no immediate action required",
  );
});

test.each([
  ["{}", "schema_version: missing field"],
  ['{"schema_version":2}', "schema_version: unsupported state schema 2"],
  ['{"schema_version":1,"health":null}', "health: expected an object, found null"],
  ['{"schema_version":1,"health":{"failure_streak":-1}}', "health.failure_streak: expected an integer"],
  ['{"schema_version":1,"processed_case_keys":[1]}', "processed_case_keys[0]: expected a string, found 1"],
  ['{"schema_version":1,"interactions":[{}]}', "interactions[0].case_key: missing field"],
])("the state %s cannot be used", (text, message) => {
  expect(() => parseStateDocument(voiceDefinition, text)).toThrow(message);
});

test("a state with the schema version alone is empty", () => {
  expect(parseStateDocument(voiceDefinition, '{"schema_version":1,"unknown":[]}')).toMatchObject({
    processedCaseKeys: [],
    state: [],
    health: { failure_streak: 0 },
  });
});

test("an error's chain names every cause once", () => {
  const error = new ContractError("outer", { cause: new Error("inner", { cause: { code: 7 } }) });
  expect(errorChain(error)).toEqual(["outer", "inner", '{"code":7}']);
  expect(describeError(error)).toBe('outer: inner: {"code":7}');
});
