import type { CycleCounters, ReasonRule } from "./definition";

const malformedObserved: readonly ReasonRule<keyof CycleCounters>[] = [
  { code: "malformed_inputs_observed", counters: ["malformed_cases"] },
];
const failureRules: readonly ReasonRule<keyof CycleCounters>[] = [
  { code: "retry_attempted", counters: ["retry_attempts"] },
  { code: "retryable_failures_observed", counters: ["retryable_failures"] },
  { code: "case_processing_failed", counters: ["failed_cases"] },
];

/** The cycle's reason codes in their fixed order; exactly `healthy_cycle` when none applies (spec/tau/surfaces.md §4). */
export function deriveReasonCodes<Counter extends string>(
  cycle: CycleCounters,
  surface: Readonly<Record<Counter, number>>,
  rules: {
    readonly malformedReasons?: readonly ReasonRule<Counter>[];
    readonly reasons: readonly ReasonRule<Counter>[];
  },
): string[] {
  const codes: string[] = [];
  if (cycle.discovered_cases > cycle.queued_cases) codes.push("queue_backpressure_applied");
  if (cycle.duplicate_skips > 0) codes.push("duplicate_cases_skipped");
  codes.push(
    ...(rules.malformedReasons === undefined
      ? holding(malformedObserved, cycle)
      : holding(rules.malformedReasons, surface)),
    ...holding(failureRules, cycle),
    ...holding(rules.reasons, surface),
  );
  return codes.length > 0 ? codes : ["healthy_cycle"];
}

function holding<Counter extends string>(
  rules: readonly ReasonRule<Counter>[],
  counters: Readonly<Record<Counter, number>>,
): string[] {
  return rules.filter((rule) => rule.counters.some((name) => counters[name] > 0)).map((rule) => rule.code);
}
