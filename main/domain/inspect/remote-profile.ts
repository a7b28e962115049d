import { z } from "zod";
import type { Gate } from "#contract/identity";

export const remoteProfiles = [
  "local-only",
  "password-remote",
  "proxy-remote",
  "tailscale-serve",
  "tailscale-funnel",
] as const;
export type RemoteProfile = (typeof remoteProfiles)[number];
export type GatewayAuthMode = "token" | "password-session" | "localhost-dev";

/** How the gateway is reached, as the flags say; secrets only as whether they are set. */
export interface RemoteProfileSettings {
  readonly profile: RemoteProfile;
  readonly serverEnabled: boolean;
  readonly bind: string;
  readonly authMode: GatewayAuthMode;
  readonly tokenConfigured: boolean;
  readonly passwordConfigured: boolean;
}

/** `--gateway-remote-profile-json`, keys in the order it prints them (spec/tau/health.md §5). */
export type RemoteProfileReport = {
  readonly profile: string;
  readonly posture: string;
  readonly gate: Gate;
  readonly risk_level: string;
  readonly server_enabled: boolean;
  readonly bind: string;
  readonly bind_ip: string;
  readonly loopback_bind: boolean;
  readonly auth_mode: string;
  readonly auth_token_configured: boolean;
  readonly auth_password_configured: boolean;
  readonly remote_enabled: boolean;
  readonly reason_codes: readonly string[];
  readonly recommendations: readonly string[];
};

/** One check of a profile: its reason code, and what to do when it holds. */
interface Check {
  readonly code: string;
  readonly remedy?: string;
}

/**
 * Judges whether the gateway's remote access settings are safe (spec/tau/health.md §5, remote profile table).
 * Throws when `bind` is not `ip:port`.
 */
export function evaluateRemoteProfile(settings: RemoteProfileSettings): RemoteProfileReport {
  const address = parseBind(settings.bind);
  if (address === undefined)
    throw new Error(
      `invalid gateway bind '${settings.bind}': expected ip:port, for example 127.0.0.1:8787 or [::1]:8787`,
    );
  const checks = checkProfile(settings, address.loopback);
  const holds = checks.filter((check) => check.remedy !== undefined);
  const remote = settings.profile !== "local-only";
  const gate: Gate = holds.length > 0 ? "hold" : "pass";
  return {
    profile: settings.profile,
    posture: remote ? "remote-enabled" : "local-only",
    gate,
    risk_level: riskLevel(gate, remote, address.loopback),
    server_enabled: settings.serverEnabled,
    bind: settings.bind,
    bind_ip: address.ip,
    loopback_bind: address.loopback,
    auth_mode: settings.authMode,
    auth_token_configured: settings.tokenConfigured,
    auth_password_configured: settings.passwordConfigured,
    remote_enabled: remote,
    reason_codes: [
      `profile_${underscored(settings.profile)}`,
      settings.serverEnabled ? "server_enabled" : "server_disabled_inspect_only",
      ...checks.map((check) => check.code),
    ],
    recommendations:
      holds.length > 0 ? holds.map((check) => check.remedy ?? "") : ["no_immediate_action_required"],
  };
}

function riskLevel(gate: Gate, remote: boolean, loopback: boolean): string {
  if (gate === "hold") return "high";
  if (!remote) return "low";
  return loopback ? "moderate" : "elevated";
}

function checkProfile(settings: RemoteProfileSettings, loopback: boolean): Check[] {
  const prefix = underscored(settings.profile);
  const loopbackOnly: Check = loopback
    ? { code: `${prefix}_loopback_bind` }
    : {
        code: `${prefix}_non_loopback_bind`,
        remedy: "bind the gateway to a loopback address such as 127.0.0.1:8787",
      };
  const anyBind: Check = { code: `${prefix}_${loopback ? "loopback" : "non_loopback"}_bind` };
  switch (settings.profile) {
    case "local-only":
      return [loopbackOnly, { code: `local_only_auth_${underscored(settings.authMode)}` }];
    case "password-remote":
      return [passwordMode(settings, prefix), passwordSet(settings, prefix), anyBind];
    case "proxy-remote":
      return [tokenMode(settings, prefix), tokenSet(settings, prefix), anyBind];
    case "tailscale-serve":
      return [loopbackOnly, ...serveAuthentication(settings, prefix)];
    case "tailscale-funnel":
      return [loopbackOnly, passwordMode(settings, prefix), passwordSet(settings, prefix)];
  }
}

function serveAuthentication(settings: RemoteProfileSettings, prefix: string): Check[] {
  switch (settings.authMode) {
    case "token":
      return [{ code: `${prefix}_token_auth` }, tokenSet(settings, prefix)];
    case "password-session":
      return [{ code: `${prefix}_password_session_auth` }, passwordSet(settings, prefix)];
    case "localhost-dev":
      return [
        {
          code: `${prefix}_localhost_dev_auth_unsupported`,
          remedy: "set --gateway-openresponses-auth-mode to token or password-session",
        },
      ];
  }
}

function passwordMode(settings: RemoteProfileSettings, prefix: string): Check {
  return settings.authMode === "password-session"
    ? { code: `${prefix}_password_session_auth` }
    : {
        code: `${prefix}_auth_mode_mismatch`,
        remedy: "set --gateway-openresponses-auth-mode to password-session",
      };
}

function tokenMode(settings: RemoteProfileSettings, prefix: string): Check {
  return settings.authMode === "token"
    ? { code: `${prefix}_token_auth` }
    : {
        code: `${prefix}_auth_mode_mismatch`,
        remedy: "set --gateway-openresponses-auth-mode to token",
      };
}

function passwordSet(settings: RemoteProfileSettings, prefix: string): Check {
  return settings.passwordConfigured
    ? { code: `${prefix}_password_configured` }
    : {
        code: `${prefix}_missing_password`,
        remedy: "configure --gateway-openresponses-auth-password",
      };
}

function tokenSet(settings: RemoteProfileSettings, prefix: string): Check {
  return settings.tokenConfigured
    ? { code: `${prefix}_token_configured` }
    : { code: `${prefix}_missing_token`, remedy: "configure --gateway-openresponses-auth-token" };
}

function underscored(name: string): string {
  return name.replaceAll("-", "_");
}

/** `ip:port` or `[ip]:port`; host names are not addresses here, as in the reference. */
function parseBind(bind: string): { ip: string; loopback: boolean } | undefined {
  const match = /^(?:\[(?<six>[^\]]+)\]|(?<four>[^:]+)):(?<port>\d{1,5})$/.exec(bind.trim());
  const { six, four, port } = match?.groups ?? {};
  if (port === undefined || Number(port) > 65_535) return undefined;
  if (four !== undefined && z.ipv4().safeParse(four).success)
    return { ip: four, loopback: four.startsWith("127.") };
  if (six !== undefined && z.ipv6().safeParse(six).success)
    // The address is valid, so nothing but zeros before the last 1 makes it ::1, however it is written.
    return { ip: six, loopback: /^[0:]*:0{0,3}1$/.test(six) };
  return undefined;
}
