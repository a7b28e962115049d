import {
  type ComponentRow,
  type DaemonRow,
  healthRank,
  type OperatorSummary,
  type PolicyPosture,
  type ReleaseChannelRow,
} from "./report";

export interface SummaryParts {
  readonly generatedUnixMs: number;
  readonly components: readonly ComponentRow[];
  readonly daemon: DaemonRow;
  readonly releaseChannel: ReleaseChannelRow;
  readonly policyPosture: PolicyPosture;
}

const statesByRank = ["healthy", "degraded", "failing"] as const;

/**
 * Puts the rows together: the worst state wins, any hold holds, and every hold is named by its source
 * (spec/tau/health.md §5, aggregation). A held remote profile adds only its first reason code, which always is
 * `profile_<p>`; the cause itself is in `policy_posture`.
 */
export function aggregateSummary(parts: SummaryParts): OperatorSummary {
  const sources = [
    ...parts.components.map((row) => ({ source: row.component, row })),
    { source: "daemon", row: parts.daemon },
    { source: "release-channel", row: parts.releaseChannel },
  ];
  const holding = sources.filter(({ row }) => row.rollout_gate === "hold");
  const reasonCodes = holding.map(({ source, row }) => `${source}:${row.reason_code}`);
  const recommendations = holding.map(({ row }) => row.recommendation);
  let rank: number = Math.max(...sources.map(({ row }) => healthRank(row.health_state)));
  const { policyPosture } = parts;
  if (policyPosture.gateway_remote_gate === "hold") {
    rank = Math.max(rank, 1);
    reasonCodes.push(`gateway-remote-profile:${policyPosture.gateway_remote_reason_codes[0] ?? "unknown"}`);
    recommendations.push(...policyPosture.gateway_remote_recommendations.slice(0, 1));
  }
  return {
    generated_unix_ms: parts.generatedUnixMs,
    health_state: statesByRank[rank] ?? "failing",
    rollout_gate: reasonCodes.length > 0 ? "hold" : "pass",
    reason_codes: orDefault(unique(reasonCodes), "all_checks_passing"),
    recommendations: orDefault(unique(recommendations), "no_immediate_action_required"),
    policy_posture: policyPosture,
    daemon: parts.daemon,
    release_channel: parts.releaseChannel,
    components: [...parts.components],
  };
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values)];
}

function orDefault(values: string[], fallback: string): string[] {
  return values.length > 0 ? values : [fallback];
}
