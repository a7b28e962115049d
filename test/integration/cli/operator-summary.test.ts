import { cp, mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../../support/temporary-folder";
import { gatehouse } from "./gatehouse";

const goldenRoot = resolve(import.meta.dirname, "../../golden/inspect");
const summaryFlags = ["--operator-control-summary", "--operator-control-summary-json"];

async function put(cwd: string, path: string, text: string): Promise<void> {
  await mkdir(dirname(join(cwd, path)), { recursive: true });
  await writeFile(join(cwd, path), text);
}

/** A workspace in which everything passes. */
async function passingWorkspace(): Promise<string> {
  const cwd = await temporaryFolder();
  for (const component of [
    "dashboard",
    "multi-channel",
    "multi-agent",
    "gateway",
    "deployment",
    "custom-command",
  ])
    await put(cwd, `.tau/${component}/state.json`, "{}");
  await cp(join(goldenRoot, "voice-worked-example"), join(cwd, ".tau", "voice"), { recursive: true });
  await put(cwd, ".tau/daemon/unit.service", "");
  await put(cwd, ".tau/daemon/daemon.pid", "1");
  await put(
    cwd,
    ".tau/daemon/state.json",
    JSON.stringify({
      schema_version: 1,
      installed: true,
      running: true,
      profile: "systemd-user",
      service_file_path: ".tau/daemon/unit.service",
      start_attempts: 2,
      stop_attempts: 1,
    }),
  );
  await put(cwd, ".tau/release-channel.json", '{"schema_version":1,"release_channel":"dev"}');
  return cwd;
}

const component = (name: string, reason_code: string) => ({
  component: name,
  health_state: "healthy",
  health_reason: "no recent transport failures observed",
  rollout_gate: "pass",
  reason_code,
  recommendation: "no immediate action required",
  queue_depth: 0,
  failure_streak: 0,
  state_path: `.tau/${name}/state.json`,
});

test("a workspace in which everything passes gives exactly this summary", async () => {
  const cwd = await passingWorkspace();
  const ran = await gatehouse(cwd, summaryFlags);
  const { generated_unix_ms } = JSON.parse(ran.stdout) as { generated_unix_ms: number };
  expect(generated_unix_ms).toBeGreaterThan(0);
  const expected = {
    generated_unix_ms,
    health_state: "healthy",
    rollout_gate: "pass",
    reason_codes: ["all_checks_passing"],
    recommendations: ["no_immediate_action_required"],
    policy_posture: {
      pairing_strict_effective: false,
      pairing_config_strict_mode: false,
      pairing_allowlist_strict: false,
      pairing_rules_configured: false,
      pairing_registry_entries: 0,
      pairing_allowlist_channel_rules: 0,
      provider_subscription_strict: false,
      gateway_auth_mode: "token",
      gateway_remote_profile: "local-only",
      gateway_remote_posture: "local-only",
      gateway_remote_gate: "pass",
      gateway_remote_risk_level: "low",
      gateway_remote_reason_codes: [
        "profile_local_only",
        "server_disabled_inspect_only",
        "local_only_loopback_bind",
        "local_only_auth_token",
      ],
      gateway_remote_recommendations: ["no_immediate_action_required"],
    },
    daemon: {
      health_state: "healthy",
      rollout_gate: "pass",
      reason_code: "daemon_running",
      recommendation: "no immediate action required",
      profile: "systemd-user",
      installed: true,
      running: true,
      start_attempts: 2,
      stop_attempts: 1,
      diagnostics: 0,
      state_path: ".tau/daemon/state.json",
    },
    release_channel: {
      health_state: "healthy",
      rollout_gate: "pass",
      reason_code: "release_channel_loaded",
      recommendation: "no immediate action required",
      configured: true,
      channel: "dev",
      path: join(cwd, ".tau", "release-channel.json"),
    },
    components: [
      component("dashboard", "dashboard_status"),
      component("multi-channel", "multi_channel_status"),
      component("multi-agent", "multi_agent_status"),
      component("gateway", "guardrail_checks_passing"),
      component("deployment", "deployment_status"),
      component("custom-command", "custom_command_status"),
      component("voice", "turns_handled"),
    ],
  };
  expect(ran.stdout).toBe(`${JSON.stringify(expected, null, 2)}\n`);
  expect(ran).toMatchObject({ exitCode: 0, stderr: "" });
});

test("an empty workspace holds for every source, and still exits 0", async () => {
  const ran = await gatehouse(await temporaryFolder(), summaryFlags);
  expect(ran.exitCode).toBe(0);
  expect(JSON.parse(ran.stdout)).toMatchObject({
    health_state: "failing",
    rollout_gate: "hold",
    reason_codes: [
      "dashboard:state_unavailable",
      "multi-channel:state_unavailable",
      "multi-agent:state_unavailable",
      "gateway:state_unavailable",
      "deployment:state_unavailable",
      "custom-command:state_unavailable",
      "voice:state_unavailable",
      "daemon:daemon_not_installed",
      "release-channel:release_channel_missing",
    ],
  });
});

test("a snapshot compares as stable with itself, and as regressed once a surface fails", async () => {
  const cwd = await passingWorkspace();
  const first = await gatehouse(cwd, [
    ...summaryFlags,
    "--operator-control-summary-snapshot-out",
    "reports/before.json",
  ]);
  const snapshot = await readFile(join(cwd, "reports", "before.json"), "utf8");
  expect(`${snapshot}\n`).toBe(first.stdout);

  const compare = [...summaryFlags, "--operator-control-summary-compare", "reports/before.json"];
  expect(JSON.parse((await gatehouse(cwd, compare)).stdout)).toMatchObject({
    drift_state: "stable",
    risk_level: "low",
    changed_components: [],
    unchanged_component_count: 7,
  });

  await put(
    cwd,
    ".tau/dashboard/state.json",
    '{"health":{"failure_streak":1,"last_cycle_failed":1,"queue_depth":2}}',
  );
  const regressed = await gatehouse(cwd, compare);
  const diff = JSON.parse(regressed.stdout) as Record<string, number>;
  expect(regressed.stdout).toBe(
    `${JSON.stringify(
      {
        generated_unix_ms: diff["generated_unix_ms"],
        baseline_generated_unix_ms: (JSON.parse(snapshot) as Record<string, unknown>)["generated_unix_ms"],
        current_generated_unix_ms: diff["current_generated_unix_ms"],
        drift_state: "regressed",
        risk_level: "high",
        health_state_before: "healthy",
        health_state_after: "degraded",
        rollout_gate_before: "pass",
        rollout_gate_after: "hold",
        reason_codes_added: ["dashboard:dashboard_status"],
        reason_codes_removed: ["all_checks_passing"],
        recommendations_added: ["inspect the logs and watch the next cycle"],
        recommendations_removed: ["no_immediate_action_required"],
        changed_components: [
          {
            component: "dashboard",
            drift_state: "regressed",
            severity: "high",
            health_state_before: "healthy",
            health_state_after: "degraded",
            rollout_gate_before: "pass",
            rollout_gate_after: "hold",
            reason_code_before: "dashboard_status",
            reason_code_after: "dashboard_status",
            recommendation_before: "no immediate action required",
            recommendation_after: "inspect the logs and watch the next cycle",
            queue_depth_before: 0,
            queue_depth_after: 2,
            failure_streak_before: 0,
            failure_streak_after: 1,
          },
        ],
        unchanged_component_count: 6,
      },
      null,
      2,
    )}\n`,
  );
  const text = await gatehouse(
    cwd,
    compare.filter((flag) => !flag.endsWith("-json")),
  );
  expect(text.stdout).toMatch(
    /^operator control summary diff: generated_unix_ms=\d+ .* unchanged_component_count=6\noperator control summary diff component: component=dashboard drift_state=regressed severity=high .*\n$/,
  );
});

test("a snapshot that lacks a key is refused by its name", async () => {
  const cwd = await temporaryFolder();
  await writeFile(join(cwd, "before.json"), '{"generated_unix_ms":1}');
  const ran = await gatehouse(cwd, [...summaryFlags, "--operator-control-summary-compare", "before.json"]);
  expect(ran).toMatchObject({ exitCode: 1, stdout: "" });
  expect(ran.stderr).toMatch(
    /^Error: failed to parse operator control summary snapshot before.json: health_state: /,
  );
});

test("security files beside the channel store, a held remote profile and broken sources show in the summary", async () => {
  const cwd = await passingWorkspace();
  await put(cwd, ".tau/security/allowlist.json", '{"strict":true,"channels":{"a":["x","y"],"b":["z"]}}');
  await put(cwd, ".tau/security/pairings.json", '{"pairings":[{},{}]}');
  await put(cwd, ".tau/daemon/state.json", '{"schema_version":2}');
  await put(cwd, ".tau/release-channel.json", '{"schema_version":3}');
  const ran = await gatehouse(cwd, [...summaryFlags, "--gateway-remote-profile", "proxy-remote"]);
  expect(JSON.parse(ran.stdout)).toMatchObject({
    health_state: "failing",
    rollout_gate: "hold",
    reason_codes: [
      "daemon:daemon_status_unavailable",
      "release-channel:release_channel_load_failed",
      "gateway-remote-profile:profile_proxy_remote",
    ],
    policy_posture: {
      pairing_strict_effective: true,
      pairing_allowlist_strict: true,
      pairing_rules_configured: true,
      pairing_registry_entries: 2,
      pairing_allowlist_channel_rules: 3,
      gateway_remote_gate: "hold",
    },
    release_channel: {
      channel: "unknown",
      path: expect.stringContaining(" (unsupported release channel") as string,
    },
  });
});
