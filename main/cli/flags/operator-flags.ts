import type { FlagDefinition } from "./definition";

const transportHealthFlags: FlagDefinition[] = [
  {
    name: "transport-health-inspect",
    kind: "text",
    command: true,
    help: "Health figures of one transport; `github` gives every repository",
  },
  {
    name: "transport-health-json",
    kind: "boolean",
    requires: "transport-health-inspect",
    help: "As JSON",
  },
];

const operatorSummaryFlags: FlagDefinition[] = [
  {
    name: "operator-control-summary",
    kind: "boolean",
    command: true,
    help: "Posture of all components, the daemon and the release channel",
  },
  {
    name: "operator-control-summary-json",
    kind: "boolean",
    requires: "operator-control-summary",
    help: "As JSON",
  },
  {
    name: "operator-control-summary-snapshot-out",
    kind: "path",
    requires: "operator-control-summary",
    help: "Also write the summary to this file",
  },
  {
    name: "operator-control-summary-compare",
    kind: "path",
    requires: "operator-control-summary",
    help: "Print what changed since this snapshot instead",
  },
  {
    name: "daemon-state-dir",
    kind: "path",
    fallback: ".tau/daemon",
    help: "Directory of the daemon's state",
  },
  {
    name: "provider-subscription-strict",
    kind: "boolean",
    fallback: "false",
    help: "Recorded in the policy posture",
  },
];

const gatewayServiceFlags: FlagDefinition[] = [
  { name: "gateway-service-start", kind: "boolean", command: true, help: "Mark the gateway as running" },
  { name: "gateway-service-stop", kind: "boolean", command: true, help: "Mark the gateway as stopped" },
  {
    name: "gateway-service-stop-reason",
    kind: "text",
    requires: "gateway-service-stop",
    help: "Why; `operator_requested` when not given",
  },
  {
    name: "gateway-service-status",
    kind: "boolean",
    command: true,
    help: "Whether the gateway is marked as running",
  },
  {
    name: "gateway-service-status-json",
    kind: "boolean",
    requires: "gateway-service-status",
    help: "As JSON",
  },
];

const remoteProfileFlags: FlagDefinition[] = [
  {
    name: "gateway-remote-profile-inspect",
    kind: "boolean",
    command: true,
    help: "Whether the gateway's remote access settings are safe",
  },
  {
    name: "gateway-remote-profile-json",
    kind: "boolean",
    requires: "gateway-remote-profile-inspect",
    help: "As JSON",
  },
  {
    name: "gateway-remote-profile",
    kind: "choice",
    choices: ["local-only", "password-remote", "proxy-remote", "tailscale-serve", "tailscale-funnel"],
    fallback: "local-only",
    help: "How the gateway is reached",
  },
  {
    name: "gateway-openresponses-server",
    kind: "boolean",
    fallback: "false",
    help: "Whether the gateway's server is configured to run (read by the inspections only)",
  },
  {
    name: "gateway-openresponses-bind",
    kind: "text",
    fallback: "127.0.0.1:8787",
    help: "Address the gateway's server listens on",
  },
  {
    name: "gateway-openresponses-auth-mode",
    kind: "choice",
    choices: ["token", "password-session", "localhost-dev"],
    fallback: "token",
    help: "How callers of the gateway's server prove who they are",
  },
  { name: "gateway-openresponses-auth-token", kind: "text", help: "Token of mode `token`" },
  { name: "gateway-openresponses-auth-password", kind: "text", help: "Password of mode `password-session`" },
];

const channelStoreFlags: FlagDefinition[] = [
  {
    name: "channel-store-root",
    kind: "path",
    fallback: ".tau/channel-store",
    help: "Root of a channel store",
  },
  {
    name: "channel-store-inspect",
    kind: "text",
    command: true,
    help: "Figures of one channel, `<transport>/<channel id>`",
  },
  {
    name: "channel-store-repair",
    kind: "text",
    command: true,
    help: "Set invalid lines of one channel aside and remove expired artifacts",
  },
];

/** Flags that read or steer across surfaces, in the order help shows them. */
export const operatorFlags: Readonly<Record<string, readonly FlagDefinition[]>> = {
  "Transport health": transportHealthFlags,
  "Operator control summary": operatorSummaryFlags,
  "Gateway service": gatewayServiceFlags,
  "Gateway remote profile": remoteProfileFlags,
  "Channel store": channelStoreFlags,
};
