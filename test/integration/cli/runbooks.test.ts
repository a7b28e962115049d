import { join } from "node:path";
import { expect, test } from "vitest";
import { fixturesRoot } from "../runner/cycle-harness";
import { temporaryFolder } from "../../support/temporary-folder";
import { gatehouse } from "./gatehouse";

/** One step of a demo script: its flags word for word, and what its standard output must match. */
type Step = readonly [args: readonly string[], stdout: RegExp];

const limits = (surface: string): string[] => [
  `--${surface}-queue-limit`,
  "64",
  `--${surface}-processed-case-cap`,
  "10000",
  `--${surface}-retry-max-attempts`,
  "4",
  `--${surface}-retry-base-delay-ms`,
  "0",
];
const fixture = (surface: string, name: string): string[] => [
  `--${surface}-contract-runner`,
  `--${surface}-fixture`,
  join(fixturesRoot, `${surface}-contract`, `${name}.json`),
];
const transportHealth = (surface: string): string[] => [
  "--transport-health-inspect",
  surface,
  "--transport-health-json",
];
const status = (surface: string): string[] => [`--${surface}-status-inspect`, `--${surface}-status-json`];
const healthy = /"last_cycle_failed": 0/;
const passing = /"health_state": "healthy",[\s\S]*"rollout_gate": "pass"/;

function channel(surface: string, reference: string): Step {
  return [
    ["--channel-store-root", `.tau/demo-${surface}/channel-store`, "--channel-store-inspect", reference],
    /^channel store inspect: transport=\S+ channel_id=\S+ dir=\.tau\/demo-\S+ log_records=[1-9]\d* context_records=[1-9]\d* invalid_log_lines=0 invalid_context_lines=0 artifact_records=0 invalid_artifact_lines=0 active_artifacts=0 expired_artifacts=0 memory_exists=true memory_bytes=[1-9]\d*\n$/,
  ];
}

/** The steps of spec/tau/live-run.md §3, each on the state the step before left. Packaging wasm is not among our commands. */
const scripts: Readonly<Record<string, readonly Step[]>> = {
  voice: [
    [
      [...fixture("voice", "rollout-pass"), ...limits("voice")],
      /^voice runner summary: .*\nvoice runner health: state=healthy/,
    ],
    [transportHealth("voice"), healthy],
    [status("voice"), passing],
    channel("voice", "voice/ops-1"),
  ],
  dashboard: [
    [[...fixture("dashboard", "snapshot-layout"), ...limits("dashboard")], /state=healthy/],
    [transportHealth("dashboard"), healthy],
    [status("dashboard"), passing],
    channel("dashboard", "dashboard/operator:ops-release-1"),
  ],
  "custom-command": [
    [[...fixture("custom-command", "rollout-pass"), ...limits("custom-command")], /state=healthy/],
    [transportHealth("custom-command"), healthy],
    [status("custom-command"), passing],
    channel("custom-command", "custom-command/deploy_release"),
  ],
  memory: [
    [[...fixture("memory", "retrieve-ranking"), ...limits("memory")], /state=healthy/],
    [transportHealth("memory"), healthy],
    channel("memory", "memory/telegram:ops"),
  ],
  "browser-automation": [
    [
      [
        ...fixture("browser-automation", "mixed-outcomes"),
        "--browser-automation-action-timeout-ms",
        "4000",
        "--browser-automation-max-actions-per-case",
        "4",
      ],
      /^browser automation runner summary: .*\nbrowser automation runner health: state=degraded failure_streak=1/,
    ],
    [transportHealth("browser-automation"), /"failure_streak": 1/],
    channel("browser-automation", "browser-automation/fixtures"),
  ],
  deployment: [
    [[...fixture("deployment", "rollout-pass"), ...limits("deployment")], /state=healthy/],
    [transportHealth("deployment"), healthy],
    [status("deployment"), passing],
    channel("deployment", "deployment/edge-wasm"),
  ],
  gateway: [
    [
      ["--gateway-service-start"],
      /^gateway service start: .*service_status=running .*service_startup_attempts=1 /,
    ],
    [fixture("gateway", "rollout-pass"), /state=healthy/],
    [transportHealth("gateway"), healthy],
    [status("gateway"), /"service_status": "running"[\s\S]*"service_startup_attempts": 1/],
    [
      ["--gateway-service-stop", "--gateway-service-stop-reason", "demo_complete"],
      /rollout_gate=hold rollout_reason_code=service_stopped /,
    ],
    [
      ["--gateway-service-status"],
      /^gateway service status: .*service_status=stopped .*service_last_stop_reason=demo_complete /,
    ],
    [
      status("gateway"),
      /"health_state": "healthy",[\s\S]*"rollout_gate": "hold",\n {2}"rollout_reason_code": "service_stopped"/,
    ],
    channel("gateway", "gateway/ops-release-bot"),
  ],
};

test.each(Object.entries(scripts))(
  "the steps of the %s demo work word for word, one after another",
  async (surface, steps) => {
    const cwd = await temporaryFolder();
    for (const [args, stdout] of steps) {
      const ran = await gatehouse(cwd, [`--${surface}-state-dir`, `.tau/demo-${surface}`, ...args]);
      expect(ran, args.join(" ")).toMatchObject({ exitCode: 0, stderr: "" });
      expect(ran.stdout, args.join(" ")).toMatch(stdout);
    }
  },
);

/** Seeds 000, 001, 002 and 003: what follows the program's name, on directories the runners made. */
test("the commands of seeds 000 to 003 work word for word", async () => {
  const cwd = await temporaryFolder();
  for (const [surface, name] of [
    ["voice", "rollout-pass"],
    ["dashboard", "snapshot-layout"],
    ["custom-command", "rollout-pass"],
    ["memory", "retrieve-ranking"],
    ["deployment", "rollout-pass"],
    ["gateway", "rollout-pass"],
  ] as const)
    expect((await gatehouse(cwd, fixture(surface, name))).exitCode).toBe(0);
  for (const line of [
    "--custom-command-state-dir .tau/custom-command --transport-health-inspect custom-command --transport-health-json",
    "--custom-command-state-dir .tau/custom-command --custom-command-status-inspect --custom-command-status-json",
    "--operator-control-summary --operator-control-summary-json",
    "--deployment-state-dir .tau/deployment --transport-health-inspect deployment --transport-health-json",
    "--deployment-state-dir .tau/deployment --deployment-status-inspect --deployment-status-json",
    "--dashboard-state-dir .tau/dashboard --transport-health-inspect dashboard --transport-health-json",
    "--dashboard-state-dir .tau/dashboard --dashboard-status-inspect --dashboard-status-json",
    "--voice-state-dir .tau/voice --voice-status-inspect --voice-status-json",
    "--memory-state-dir .tau/memory --transport-health-inspect memory --transport-health-json",
  ]) {
    const ran = await gatehouse(cwd, line.split(" "));
    expect(ran, line).toMatchObject({ exitCode: 0, stderr: "" });
    expect(() => JSON.parse(ran.stdout) as unknown, line).not.toThrow();
  }
  const stopped = await gatehouse(
    cwd,
    "--gateway-state-dir .tau/gateway --gateway-service-stop --gateway-service-stop-reason emergency_rollback".split(
      " ",
    ),
  );
  expect(stopped).toMatchObject({ exitCode: 0, stderr: "" });
  expect(stopped.stdout).toContain("service_last_stop_reason=emergency_rollback");
});
