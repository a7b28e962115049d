import { z } from "zod";
import { countSchema } from "#contract/identity";

const text = z.string();

/** One surface of the operator control summary (spec/tau/health.md §5). */
export const componentRowSchema = z.object({
  component: text,
  health_state: text,
  health_reason: text,
  rollout_gate: text,
  reason_code: text,
  recommendation: text,
  queue_depth: countSchema,
  failure_streak: countSchema,
  state_path: text,
});
export type ComponentRow = z.infer<typeof componentRowSchema>;

export const daemonRowSchema = z.object({
  health_state: text,
  rollout_gate: text,
  reason_code: text,
  recommendation: text,
  profile: text,
  installed: z.boolean(),
  running: z.boolean(),
  start_attempts: countSchema,
  stop_attempts: countSchema,
  /** How many diagnostics the inspection found. */
  diagnostics: countSchema,
  state_path: text,
});
export type DaemonRow = z.infer<typeof daemonRowSchema>;

export const releaseChannelRowSchema = z.object({
  health_state: text,
  rollout_gate: text,
  reason_code: text,
  recommendation: text,
  configured: z.boolean(),
  channel: text,
  path: text,
});
export type ReleaseChannelRow = z.infer<typeof releaseChannelRowSchema>;

export const policyPostureSchema = z.object({
  pairing_strict_effective: z.boolean(),
  pairing_config_strict_mode: z.boolean(),
  pairing_allowlist_strict: z.boolean(),
  pairing_rules_configured: z.boolean(),
  pairing_registry_entries: countSchema,
  pairing_allowlist_channel_rules: countSchema,
  provider_subscription_strict: z.boolean(),
  gateway_auth_mode: text,
  gateway_remote_profile: text,
  gateway_remote_posture: text,
  gateway_remote_gate: text,
  gateway_remote_risk_level: text,
  gateway_remote_reason_codes: z.array(text),
  gateway_remote_recommendations: z.array(text),
});
export type PolicyPosture = z.infer<typeof policyPostureSchema>;

/**
 * The operator control summary, keys in the order it prints them (spec/tau/health.md §5). It is also what a snapshot
 * file holds: every key is required on read.
 */
export const operatorSummarySchema = z.object({
  generated_unix_ms: countSchema,
  health_state: text,
  rollout_gate: text,
  reason_codes: z.array(text),
  recommendations: z.array(text),
  policy_posture: policyPostureSchema,
  daemon: daemonRowSchema,
  release_channel: releaseChannelRowSchema,
  components: z.array(componentRowSchema),
});
export type OperatorSummary = z.infer<typeof operatorSummarySchema>;

/** Severity of a health state: anything unknown counts as failing (spec/tau/health.md §5, aggregation). */
export function healthRank(state: string): 0 | 1 | 2 {
  const folded = state.toLowerCase();
  if (folded === "healthy") return 0;
  return folded === "degraded" ? 1 : 2;
}
