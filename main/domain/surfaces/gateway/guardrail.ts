import type { HealthSnapshot } from "#contract/health";
import type { Gate } from "#contract/identity";
import type { CycleCounters } from "../../cycle/definition";
import { type FieldReader, unsigned64 } from "../../decode";
import { jsonObject, type JsonObject } from "../../json";

/** Figures at which the guardrail holds, both at least 1 (spec/tau/surfaces.md §3). */
export interface GuardrailThresholds {
  readonly failureStreak: number;
  readonly retryableFailures: number;
}
export const defaultGuardrailThresholds: GuardrailThresholds = { failureStreak: 2, retryableFailures: 2 };

/** The `guardrail` object of the gateway's state. `gate` and `reasonCode` are kept as they were written. */
export interface Guardrail {
  readonly gate: string;
  readonly reasonCode: string;
  readonly thresholds: GuardrailThresholds;
  readonly failureStreak: number;
  readonly lastFailedCases: number;
  readonly lastRetryableFailures: number;
  readonly updatedUnixMs: number;
}

/** A gateway that has not run yet passes (spec/tau/surfaces.md §13). */
export const emptyGuardrail: Guardrail = {
  gate: "pass",
  reasonCode: "guardrail_checks_passing",
  thresholds: defaultGuardrailThresholds,
  failureStreak: 0,
  lastFailedCases: 0,
  lastRetryableFailures: 0,
  updatedUnixMs: 0,
};

/** Stands for a guardrail a state file does not have: whoever reads it derives the gate from health (spec/tau/health.md §4). */
export const absentGuardrail: Guardrail = { ...emptyGuardrail, gate: "", reasonCode: "" };

/** The guardrail after a cycle; the first rule that applies decides (spec/tau/surfaces.md §13). */
export function judgeCycle(
  thresholds: GuardrailThresholds,
  counters: CycleCounters,
  health: HealthSnapshot,
): Guardrail & { readonly gate: Gate } {
  const reasonCode = holdReason(thresholds, counters, health.failure_streak);
  return {
    gate: reasonCode === null ? "pass" : "hold",
    reasonCode: reasonCode ?? "guardrail_checks_passing",
    thresholds,
    failureStreak: health.failure_streak,
    lastFailedCases: counters.failed_cases,
    lastRetryableFailures: counters.retryable_failures,
    updatedUnixMs: health.updated_unix_ms,
  };
}

function holdReason(thresholds: GuardrailThresholds, counters: CycleCounters, streak: number): string | null {
  if (streak >= thresholds.failureStreak && counters.failed_cases > 0)
    return "failure_streak_threshold_exceeded";
  if (counters.retryable_failures >= thresholds.retryableFailures)
    return "retryable_failures_threshold_exceeded";
  return counters.malformed_cases > 0 ? "malformed_input_observed" : null;
}

/** Reads a stored guardrail; every key is optional. An absent gate or reason stays blank: readers derive it. */
export function decodeGuardrail(reader: FieldReader): Guardrail {
  const { thresholds } = absentGuardrail;
  return {
    gate: reader.string("gate", absentGuardrail.gate),
    reasonCode: reader.string("reason_code", absentGuardrail.reasonCode),
    thresholds: {
      failureStreak: reader.integer("failure_streak_threshold", unsigned64, thresholds.failureStreak),
      retryableFailures: reader.integer(
        "retryable_failures_threshold",
        unsigned64,
        thresholds.retryableFailures,
      ),
    },
    failureStreak: reader.integer("failure_streak", unsigned64, 0),
    lastFailedCases: reader.integer("last_failed_cases", unsigned64, 0),
    lastRetryableFailures: reader.integer("last_retryable_failures", unsigned64, 0),
    updatedUnixMs: reader.integer("updated_unix_ms", unsigned64, 0),
  };
}

export function encodeGuardrail(guardrail: Guardrail): JsonObject {
  return jsonObject({
    gate: guardrail.gate,
    reason_code: guardrail.reasonCode,
    failure_streak_threshold: guardrail.thresholds.failureStreak,
    retryable_failures_threshold: guardrail.thresholds.retryableFailures,
    failure_streak: guardrail.failureStreak,
    last_failed_cases: guardrail.lastFailedCases,
    last_retryable_failures: guardrail.lastRetryableFailures,
    updated_unix_ms: guardrail.updatedUnixMs,
  });
}
