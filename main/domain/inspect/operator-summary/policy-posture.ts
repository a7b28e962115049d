import { z } from "zod";
import { evaluateRemoteProfile, type RemoteProfileSettings } from "../remote-profile";
import type { PolicyPosture } from "./report";

const allowlistSchema = z.object({
  strict: z.boolean().default(false),
  channels: z.record(z.string(), z.array(z.string())).default({}),
});

const pairingsSchema = z.object({ pairings: z.array(z.unknown()).default([]) });

const storeRootSegments = new Set(["channel-store", "github", "slack", "events", "multi-channel"]);

/**
 * Directory whose `security/` holds the pairing files: the parent of the channel store root when that root is named
 * like one of the agent's stores, else the root itself (spec/tau/health.md §5).
 */
export function securityBase(channelStoreRoot: string): string {
  const segments = channelStoreRoot.split("/").filter((segment) => segment !== "");
  const last = segments.at(-1);
  if (last === undefined || !storeRootSegments.has(last)) return channelStoreRoot;
  const parent = segments.slice(0, -1).join("/");
  if (channelStoreRoot.startsWith("/")) return `/${parent}`;
  return parent === "" ? "." : parent;
}

export interface PolicySources {
  /** Parsed `security/allowlist.json`; undefined when it is missing or not JSON. */
  readonly allowlist: unknown;
  /** Parsed `security/pairings.json`; undefined when it is missing or not JSON. */
  readonly pairings: unknown;
  readonly providerSubscriptionStrict: boolean;
  readonly remoteProfile: RemoteProfileSettings;
}

/**
 * Policy posture of the operator control summary (spec/tau/health.md §5). Files that cannot be used count as false and
 * 0; nothing in the reference sets the strict mode of the configuration, so it is false.
 */
export function assessPolicyPosture(sources: PolicySources): PolicyPosture {
  const allowlist = allowlistSchema.safeParse(sources.allowlist);
  const pairings = pairingsSchema.safeParse(sources.pairings);
  const channelRules = allowlist.success
    ? Object.values(allowlist.data.channels).reduce((total, actors) => total + actors.length, 0)
    : 0;
  const registryEntries = pairings.success ? pairings.data.pairings.length : 0;
  const allowlistStrict = allowlist.success && allowlist.data.strict;
  const rulesConfigured = channelRules > 0 || registryEntries > 0;
  return {
    pairing_strict_effective: allowlistStrict || rulesConfigured,
    pairing_config_strict_mode: false,
    pairing_allowlist_strict: allowlistStrict,
    pairing_rules_configured: rulesConfigured,
    pairing_registry_entries: registryEntries,
    pairing_allowlist_channel_rules: channelRules,
    provider_subscription_strict: sources.providerSubscriptionStrict,
    gateway_auth_mode: sources.remoteProfile.authMode,
    ...remotePosture(sources.remoteProfile),
  };
}

function remotePosture(settings: RemoteProfileSettings) {
  try {
    const report = evaluateRemoteProfile(settings);
    return {
      gateway_remote_profile: report.profile,
      gateway_remote_posture: report.posture,
      gateway_remote_gate: report.gate,
      gateway_remote_risk_level: report.risk_level,
      gateway_remote_reason_codes: [...report.reason_codes],
      gateway_remote_recommendations: [...report.recommendations],
    };
  } catch (failure) {
    return {
      gateway_remote_profile: settings.profile,
      gateway_remote_posture: "unknown",
      gateway_remote_gate: "hold",
      gateway_remote_risk_level: "high",
      gateway_remote_reason_codes: ["remote_profile_evaluation_failed"],
      gateway_remote_recommendations: [failure instanceof Error ? failure.message : String(failure)],
    };
  }
}
