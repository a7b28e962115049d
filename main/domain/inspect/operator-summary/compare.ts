import { compareBytes } from "../../text";
import { type ComponentRow, healthRank, type OperatorSummary } from "./report";

/** What of a component decides whether it changed; its health reason and state path do not. */
const comparedFields = [
  "health_state",
  "rollout_gate",
  "reason_code",
  "recommendation",
  "queue_depth",
  "failure_streak",
] as const;
type ComparedFields = Pick<ComponentRow, (typeof comparedFields)[number]>;

export type Drift = "regressed" | "improved" | "changed" | "stable";

/** `--operator-control-summary-compare`, keys in the order it prints them (spec/tau/health.md §5). */
export type OperatorSummaryDiff = {
  readonly generated_unix_ms: number;
  readonly baseline_generated_unix_ms: number;
  readonly current_generated_unix_ms: number;
  readonly drift_state: Drift;
  readonly risk_level: string;
  readonly health_state_before: string;
  readonly health_state_after: string;
  readonly rollout_gate_before: string;
  readonly rollout_gate_after: string;
  readonly reason_codes_added: readonly string[];
  readonly reason_codes_removed: readonly string[];
  readonly recommendations_added: readonly string[];
  readonly recommendations_removed: readonly string[];
  /** Per changed component: name, drift, severity, then each compared field before and after. */
  readonly changed_components: readonly Readonly<Record<string, string | number>>[];
  readonly unchanged_component_count: number;
};

/** Stands for a component that only one of the two summaries has. */
const missingComponent: ComparedFields = {
  health_state: "failing",
  rollout_gate: "hold",
  reason_code: "snapshot_missing",
  recommendation: "compare with a snapshot that has this component",
  queue_depth: 0,
  failure_streak: 0,
};

/** Compares a snapshot with the current summary. */
export function compareSummaries(
  baseline: OperatorSummary,
  current: OperatorSummary,
  nowUnixMs: number,
): OperatorSummaryDiff {
  const names = [
    ...new Set([...baseline.components, ...current.components].map((row) => row.component)),
  ].toSorted(compareBytes);
  const changed = names
    .map((name) => compareComponent(name, baseline, current))
    .filter((row) => row !== undefined);
  const added = {
    reasonCodes: difference(current.reason_codes, baseline.reason_codes),
    recommendations: difference(current.recommendations, baseline.recommendations),
  };
  const removed = {
    reasonCodes: difference(baseline.reason_codes, current.reason_codes),
    recommendations: difference(baseline.recommendations, current.recommendations),
  };
  const nothingChanged =
    changed.length === 0 &&
    [added, removed].every((side) => side.reasonCodes.length === 0 && side.recommendations.length === 0);
  const drift = driftBetween(baseline, current) ?? (nothingChanged ? "stable" : "changed");
  return {
    generated_unix_ms: nowUnixMs,
    baseline_generated_unix_ms: baseline.generated_unix_ms,
    current_generated_unix_ms: current.generated_unix_ms,
    drift_state: drift,
    risk_level: riskLevel(drift, current),
    health_state_before: baseline.health_state,
    health_state_after: current.health_state,
    rollout_gate_before: baseline.rollout_gate,
    rollout_gate_after: current.rollout_gate,
    reason_codes_added: added.reasonCodes,
    reason_codes_removed: removed.reasonCodes,
    recommendations_added: added.recommendations,
    recommendations_removed: removed.recommendations,
    changed_components: changed,
    unchanged_component_count: names.length - changed.length,
  };
}

function compareComponent(
  name: string,
  baseline: OperatorSummary,
  current: OperatorSummary,
): Record<string, string | number> | undefined {
  const before = baseline.components.find((row) => row.component === name) ?? missingComponent;
  const after = current.components.find((row) => row.component === name) ?? missingComponent;
  if (comparedFields.every((field) => before[field] === after[field])) return undefined;
  const drift = driftBetween(before, after) ?? "changed";
  const row: Record<string, string | number> = {
    component: name,
    drift_state: drift,
    severity: drift === "regressed" ? "high" : drift === "improved" ? "low" : "medium",
  };
  for (const field of comparedFields) {
    row[`${field}_before`] = before[field];
    row[`${field}_after`] = after[field];
  }
  return row;
}

/** A worse state or gate is a regression even where the other got better. */
function driftBetween(
  before: { health_state: string; rollout_gate: string },
  after: { health_state: string; rollout_gate: string },
): "regressed" | "improved" | undefined {
  const health = healthRank(after.health_state) - healthRank(before.health_state);
  const gate = gateRank(after.rollout_gate) - gateRank(before.rollout_gate);
  if (health > 0 || gate > 0) return "regressed";
  return health < 0 || gate < 0 ? "improved" : undefined;
}

function gateRank(gate: string): number {
  return gate.toLowerCase() === "pass" ? 0 : 1;
}

function riskLevel(drift: Drift, current: OperatorSummary): string {
  if (drift === "regressed" && current.rollout_gate === "hold") return "high";
  return drift === "regressed" || current.health_state === "degraded" ? "moderate" : "low";
}

function difference(left: readonly string[], right: readonly string[]): string[] {
  const known = new Set(right);
  return [...new Set(left)].filter((value) => !known.has(value)).toSorted(compareBytes);
}
