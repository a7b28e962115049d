import type { FlagDefinition } from "./definition";

function runnerFlags(surface: string): FlagDefinition[] {
  return [
    {
      name: `${surface}-contract-runner`,
      kind: "boolean",
      command: true,
      help: `Run one ${surface} cycle of a fixture`,
    },
    { name: `${surface}-fixture`, kind: "path", help: "Fixture to run; mixed-outcomes.json when not given" },
    {
      name: `${surface}-state-dir`,
      kind: "path",
      fallback: `.tau/${surface}`,
      help: "Directory of state.json, runtime-events.jsonl and channel-store",
    },
  ];
}

function cycleLimitFlags(surface: string): FlagDefinition[] {
  return [
    { name: `${surface}-queue-limit`, kind: "positive", fallback: "64", help: "Most cases of one cycle" },
    {
      name: `${surface}-processed-case-cap`,
      kind: "positive",
      fallback: "10000",
      help: "Most case keys remembered for duplicate detection",
    },
    {
      name: `${surface}-retry-max-attempts`,
      kind: "positive",
      fallback: "4",
      help: "Most attempts of one case, the first included",
    },
    {
      name: `${surface}-retry-base-delay-ms`,
      kind: "count",
      fallback: "0",
      help: "Delay before the first retry; doubles from retry to retry",
    },
  ];
}

/** `--<p>-status-inspect` and its JSON switch (spec/tau/health.md §4). */
function statusFlags(surface: string): FlagDefinition[] {
  return [
    {
      name: `${surface}-status-inspect`,
      kind: "boolean",
      command: true,
      help: `Health, gate and counts of ${surface}`,
    },
    {
      name: `${surface}-status-json`,
      kind: "boolean",
      requires: `${surface}-status-inspect`,
      help: "As JSON",
    },
  ];
}

function stateDirectoryFlag(surface: string, directory: string): FlagDefinition {
  return { name: `${surface}-state-dir`, kind: "path", fallback: directory, help: "Directory of state.json" };
}

const voiceFlags: FlagDefinition[] = [
  ...runnerFlags("voice"),
  ...cycleLimitFlags("voice"),
  ...statusFlags("voice"),
  {
    name: "voice-live-runner",
    kind: "boolean",
    command: true,
    help: "Run one live voice session of recorded frames",
  },
  {
    name: "voice-live-input",
    kind: "path",
    help: "Frames to run; single-turn.json when not given",
  },
  { name: "voice-live-wake-word", kind: "text", fallback: "tau", help: "Word that opens a turn" },
  { name: "voice-live-max-turns", kind: "positive", fallback: "64", help: "Most frames of one session" },
  {
    name: "voice-live-tts-output",
    kind: "boolean",
    fallback: "true",
    help: "Record the spoken answer of each turn",
  },
];

const browserAutomationFlags: FlagDefinition[] = [
  ...runnerFlags("browser-automation"),
  ...cycleLimitFlags("browser-automation"),
  {
    name: "browser-automation-action-timeout-ms",
    kind: "positive",
    fallback: "5000",
    help: "Longest an action may ask for",
  },
  {
    name: "browser-automation-max-actions-per-case",
    kind: "positive",
    fallback: "8",
    help: "Most repetitions of an action",
  },
  {
    name: "browser-automation-allow-unsafe-actions",
    kind: "boolean",
    fallback: "false",
    help: "Allow cases marked unsafe",
  },
  {
    name: "browser-automation-playwright-cli",
    kind: "path",
    fallback: "playwright-cli",
    help: "Browser executor, a path or a name on PATH",
  },
  {
    name: "browser-automation-preflight",
    kind: "boolean",
    command: true,
    help: "Check that the browser executor can be started",
  },
  {
    name: "browser-automation-preflight-json",
    kind: "boolean",
    requires: "browser-automation-preflight",
    help: "As JSON",
  },
];

const dashboardFlags: FlagDefinition[] = [
  ...runnerFlags("dashboard"),
  ...cycleLimitFlags("dashboard"),
  ...statusFlags("dashboard"),
];

const customCommandFlags: FlagDefinition[] = [
  ...runnerFlags("custom-command"),
  ...cycleLimitFlags("custom-command"),
  ...statusFlags("custom-command"),
  {
    name: "custom-command-policy-require-approval",
    kind: "boolean",
    fallback: "true",
    help: "Recorded in the policy",
  },
  {
    name: "custom-command-policy-allow-shell",
    kind: "boolean",
    fallback: "false",
    help: "Allow shell operators and shells in templates",
  },
  {
    name: "custom-command-policy-sandbox-profile",
    kind: "text",
    fallback: "restricted",
    help: "restricted, workspace_write or unrestricted",
  },
  {
    name: "custom-command-policy-allowed-env",
    kind: "list",
    help: "Argument keys a command may use; all when empty",
  },
  {
    name: "custom-command-policy-denied-env",
    kind: "list",
    help: "Argument keys no command may use; a built-in list when empty",
  },
];

const memoryFlags: FlagDefinition[] = [...runnerFlags("memory"), ...cycleLimitFlags("memory")];

const deploymentFlags: FlagDefinition[] = [
  ...runnerFlags("deployment"),
  ...cycleLimitFlags("deployment"),
  ...statusFlags("deployment"),
];

const gatewayFlags: FlagDefinition[] = [
  ...runnerFlags("gateway"),
  {
    name: "gateway-guardrail-failure-streak-threshold",
    kind: "positive",
    fallback: "2",
    help: "Failure streak at which the guardrail holds",
  },
  {
    name: "gateway-guardrail-retryable-failures-threshold",
    kind: "positive",
    fallback: "2",
    help: "Retryable failures of one cycle at which the guardrail holds",
  },
  ...statusFlags("gateway"),
];

/** Flags of the runners and of the status inspections, in the order help shows them. */
export const surfaceFlags: Readonly<Record<string, readonly FlagDefinition[]>> = {
  voice: voiceFlags,
  "browser-automation": browserAutomationFlags,
  dashboard: dashboardFlags,
  "custom-command": customCommandFlags,
  memory: memoryFlags,
  deployment: deploymentFlags,
  gateway: gatewayFlags,
  "multi-channel": [
    stateDirectoryFlag("multi-channel", ".tau/multi-channel"),
    ...statusFlags("multi-channel"),
  ],
  "multi-agent": [stateDirectoryFlag("multi-agent", ".tau/multi-agent"), ...statusFlags("multi-agent")],
  slack: [stateDirectoryFlag("slack", ".tau/slack")],
  github: [stateDirectoryFlag("github", ".tau/github-issues")],
};
