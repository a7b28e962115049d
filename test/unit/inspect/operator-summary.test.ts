import { expect, test } from "vitest";
import { aggregateSummary } from "#domain/inspect/operator-summary/aggregate";
import { compareSummaries } from "#domain/inspect/operator-summary/compare";
import {
  assessDaemon,
  daemonDiagnostics,
  daemonStateSchema,
  type DaemonSurroundings,
} from "#domain/inspect/operator-summary/daemon";
import { assessPolicyPosture, securityBase } from "#domain/inspect/operator-summary/policy-posture";
import { assessReleaseChannel, readReleaseChannel } from "#domain/inspect/operator-summary/release-channel";
import type { ComponentRow, OperatorSummary } from "#domain/inspect/operator-summary/report";
import type { RemoteProfileSettings } from "#domain/inspect/remote-profile";

const remoteProfile: RemoteProfileSettings = {
  profile: "local-only",
  serverEnabled: false,
  bind: "127.0.0.1:8787",
  authMode: "token",
  tokenConfigured: false,
  passwordConfigured: false,
};
const posture = (bind: string) =>
  assessPolicyPosture({
    allowlist: undefined,
    pairings: undefined,
    providerSubscriptionStrict: false,
    remoteProfile: { ...remoteProfile, bind },
  });
const host: DaemonSurroundings = {
  platform: "linux",
  serviceFileExists: true,
  pidFileExists: true,
  stateDirectoryWritable: true,
  executableExists: true,
};
const running = daemonStateSchema.parse({ schema_version: 1, installed: true, running: true });
const row = (component: string, health_state = "healthy", rollout_gate = "pass"): ComponentRow => ({
  component,
  health_state,
  health_reason: "",
  rollout_gate,
  reason_code: "code",
  recommendation: "advice",
  queue_depth: 0,
  failure_streak: 0,
  state_path: "",
});
const summaryOf = (components: ComponentRow[], bind = "127.0.0.1:8787"): OperatorSummary =>
  aggregateSummary({
    generatedUnixMs: 1,
    components,
    daemon: assessDaemon(running, host, "d"),
    releaseChannel: assessReleaseChannel({ kind: "loaded", channel: "stable", path: "p" }),
    policyPosture: posture(bind),
  });

test.each<[ComponentRow[], string, string, string, string[]]>([
  [[row("a")], "127.0.0.1:1", "healthy", "pass", ["all_checks_passing"]],
  [[row("a", "healthy", "hold")], "127.0.0.1:1", "healthy", "hold", ["a:code"]],
  [[row("a", "DEGRADED", "hold")], "127.0.0.1:1", "degraded", "hold", ["a:code"]],
  [
    [row("a", "odd", "hold"), row("b", "degraded", "hold")],
    "127.0.0.1:1",
    "failing",
    "hold",
    ["a:code", "b:code"],
  ],
  [[row("a", "healthy", "hold"), row("a", "healthy", "hold")], "127.0.0.1:1", "healthy", "hold", ["a:code"]],
  [[row("a")], "0.0.0.0:1", "degraded", "hold", ["gateway-remote-profile:profile_local_only"]],
  [[row("a")], "no address", "degraded", "hold", ["gateway-remote-profile:remote_profile_evaluation_failed"]],
])("aggregation %#", (components, bind, health, gate, codes) => {
  expect(summaryOf(components, bind)).toMatchObject({
    health_state: health,
    rollout_gate: gate,
    reason_codes: codes,
  });
});

test("a bind that is no address leaves the remote posture unknown", () => {
  expect(posture("no address")).toMatchObject({
    gateway_remote_posture: "unknown",
    gateway_remote_gate: "hold",
    gateway_remote_risk_level: "high",
    gateway_remote_reason_codes: ["remote_profile_evaluation_failed"],
  });
});

test.each<[ComponentRow[], ComponentRow[], string, string, [string, string][], number]>([
  [[row("a")], [row("a")], "stable", "low", [], 1],
  [[row("a")], [row("a", "degraded", "hold")], "regressed", "high", [["regressed", "high"]], 0],
  [[row("a", "failing", "hold")], [row("a")], "improved", "low", [["improved", "low"]], 0],
  [
    [row("a", "failing", "hold")],
    [row("a", "degraded", "hold")],
    "improved",
    "moderate",
    [["improved", "low"]],
    0,
  ],
  [[row("a")], [{ ...row("a"), queue_depth: 1 }], "changed", "low", [["changed", "medium"]], 0],
  [[row("a")], [{ ...row("a"), health_reason: "other", state_path: "x" }], "stable", "low", [], 1],
  [
    [row("a", "degraded", "pass")],
    [row("a", "healthy", "hold")],
    "regressed",
    "high",
    [["regressed", "high"]],
    0,
  ],
  [[row("a"), row("b")], [row("a")], "changed", "low", [["regressed", "high"]], 1],
  [[row("a")], [row("a"), row("b")], "changed", "low", [["improved", "low"]], 1],
])("comparison %#", (before, after, drift, risk, changed, unchanged) => {
  const diff = compareSummaries(summaryOf(before), summaryOf(after), 5);
  expect(diff).toMatchObject({ drift_state: drift, risk_level: risk, unchanged_component_count: unchanged });
  expect(diff.changed_components.map((one) => [one["drift_state"], one["severity"]])).toEqual(changed);
});

test.each([
  [running, host, "daemon_running", "healthy", "pass", 0],
  [running, { ...host, pidFileExists: false }, "daemon_not_running", "degraded", "hold", 1],
  [{ ...running, running: false }, host, "daemon_not_running", "degraded", "hold", 0],
  [undefined, host, "daemon_not_installed", "degraded", "hold", 0],
] as const)("daemon %#", (state, surroundings, code, health, gate, diagnostics) => {
  expect(assessDaemon(state, surroundings, "p")).toMatchObject({
    reason_code: code,
    health_state: health,
    rollout_gate: gate,
    diagnostics,
  });
});

test("every daemon diagnostic has its cause", () => {
  const broken = {
    platform: "linux",
    serviceFileExists: false,
    pidFileExists: false,
    stateDirectoryWritable: false,
    executableExists: false,
  };
  expect(daemonDiagnostics(running, "launchd", broken)).toEqual([
    "profile_not_supported_on_host",
    "service_file_missing",
    "pid_file_missing_for_running_state",
    "state_dir_not_writable",
    "executable_missing",
  ]);
  expect(daemonDiagnostics(running, "systemd-user", host)).toEqual([]);
});

test.each([
  [{ kind: "loaded", channel: "beta", path: "p" }, "release_channel_loaded", "healthy", "pass", "beta", "p"],
  [{ kind: "missing", path: "p" }, "release_channel_missing", "degraded", "hold", "unknown", "p"],
  [
    { kind: "load-failed", path: "p", error: "e" },
    "release_channel_load_failed",
    "failing",
    "hold",
    "unknown",
    "p (e)",
  ],
  [
    { kind: "path-unavailable", error: "e" },
    "release_channel_path_unavailable",
    "failing",
    "hold",
    "unknown",
    "unknown (e)",
  ],
] as const)("release channel %#", (reading, code, health, gate, channel, path) => {
  expect(assessReleaseChannel(reading)).toMatchObject({
    reason_code: code,
    health_state: health,
    rollout_gate: gate,
    channel,
    path,
  });
});

test("release channel files of schema 1 and 2 are read, others refused", () => {
  expect(readReleaseChannel("f", { schema_version: 1, release_channel: "dev", rollback: 3 })).toBe("dev");
  expect(readReleaseChannel("f", { schema_version: 2, release_channel: "beta", rollback: {} })).toBe("beta");
  for (const [content, message] of [
    [{ release_channel: "dev" }, /missing schema_version/],
    [{ schema_version: 3, release_channel: "dev" }, /unsupported release channel schema_version 3/],
    [
      { schema_version: 2, release_channel: "nightly" },
      /failed to parse release channel file f: release_channel/,
    ],
    [{ schema_version: 2, release_channel: "beta", rollback: null }, /rollback/],
  ] as const)
    expect(() => readReleaseChannel("f", content)).toThrow(message);
});

test.each([
  [".tau/channel-store", ".tau"],
  ["/srv/.tau/github/", "/srv/.tau"],
  ["/channel-store", "/"],
  ["slack", "."],
  [".tau/other", ".tau/other"],
])("the security files of %s stand in %s", (root, base) => {
  expect(securityBase(root)).toBe(base);
});
