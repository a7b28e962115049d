import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { fixturesRoot } from "../runner/cycle-harness";
import { filesBelow } from "../runner/cycle-harness";
import { temporaryFolder } from "../../support/temporary-folder";
import { gatehouse } from "./gatehouse";

test.each<[string[], RegExp]>([
  [[], /Usage:/],
  [["--no-such-flag"], /^error: unexpected argument '--no-such-flag' found\n/],
  [["voice"], /^error: unexpected argument 'voice' found/],
  [["--voice-state-dir", "x"], /^error: no command was given/],
  [
    ["--voice-contract-runner", "--voice-fixture"],
    /^error: a value is required for '--voice-fixture <PATH>'/,
  ],
  [
    ["--voice-contract-runner", "--voice-fixture", "--voice-state-dir"],
    /^error: a value is required for '--voice-fixture/,
  ],
  [
    ["--voice-contract-runner", "--voice-queue-limit", "0"],
    /'0' for '--voice-queue-limit <N>': expected a whole number of 1 or more/,
  ],
  [["--memory-contract-runner", "--memory-processed-case-cap=0"], /--memory-processed-case-cap/],
  [["--dashboard-contract-runner", "--dashboard-retry-max-attempts", "0"], /--dashboard-retry-max-attempts/],
  [["--voice-contract-runner", "--voice-retry-base-delay-ms", "-1"], /expected a whole number of 0 or more/],
  [["--voice-contract-runner", "--voice-queue-limit", "1.0"], /expected a whole number of 1 or more/],
  [
    ["--gateway-contract-runner", "--gateway-guardrail-failure-streak-threshold", "0"],
    /expected a whole number of 1/,
  ],
  [
    ["--gateway-contract-runner", "--gateway-queue-limit", "3"],
    /unexpected argument '--gateway-queue-limit'/,
  ],
  [
    ["--voice-contract-runner", "--memory-contract-runner"],
    /'--memory-contract-runner' cannot be used with '--voice-contract-runner'/,
  ],
  [["--voice-contract-runner", "--no-session"], /unexpected argument '--no-session'/],
  [["--voice-status-inspect", "--dashboard-status-inspect"], /cannot be used with/],
  [["--voice-status-inspect", "--transport-health-inspect", "voice"], /cannot be used with/],
  [["--voice-status-inspect", "--operator-control-summary"], /cannot be used with/],
  [
    ["--voice-status-json", "--voice-contract-runner"],
    /'--voice-status-json' requires '--voice-status-inspect'/,
  ],
  [["--transport-health-json", "--voice-status-inspect"], /requires '--transport-health-inspect'/],
  [
    ["--operator-control-summary-compare", "x", "--voice-status-inspect"],
    /requires '--operator-control-summary'/,
  ],
  [
    ["--voice-status-inspect", "--voice-status-json=yes"],
    /'yes' for '--voice-status-json': expected true or false/,
  ],
  [
    ["--voice-status-inspect", "--voice-state-dir", "a", "--voice-state-dir", "b"],
    /cannot be used multiple times/,
  ],
  [["--gateway-service-stop", "--gateway-service-stop-reason", "  "], /expected a value that is not empty/],
  [["--gateway-service-stop-reason", "x", "--gateway-service-start"], /requires '--gateway-service-stop'/],
  [
    ["--gateway-remote-profile-inspect", "--gateway-remote-profile", "wide-open"],
    /expected one of local-only, password-remote/,
  ],
  [["status", "--voice-state-dir", "x"], /unexpected argument '--voice-state-dir'/],
])("%j is a wrong command line: exit 2, nothing on stdout, nothing written", async (args, message) => {
  const cwd = await temporaryFolder();
  const ran = await gatehouse(cwd, args);
  expect(ran.stderr).toMatch(message);
  expect(ran).toMatchObject({ exitCode: 2, stdout: "" });
  expect(filesBelow(cwd)).toEqual({});
});

test.each<[string[], string]>([
  [
    ["--voice-status-inspect"],
    "failed to read state file .tau/voice/state.json: no such file or directory (ENOENT)",
  ],
  [
    ["--transport-health-inspect", "memory"],
    "failed to read state file .tau/memory/state.json: no such file or directory (ENOENT)",
  ],
  [
    ["--transport-health-inspect", "github"],
    "failed to read github state directory .tau/github-issues: no such file or directory (ENOENT)",
  ],
  [
    ["--transport-health-inspect", "fax"],
    "invalid --transport-health-inspect target 'fax', expected one of: slack, github, github:owner/repo, voice, browser-automation, dashboard, custom-command, memory, deployment, gateway, multi-channel, multi-agent",
  ],
  [
    ["--channel-store-inspect", "voice"],
    "invalid --channel-store-inspect 'voice', expected <transport>/<channel id>",
  ],
  [
    ["--gateway-remote-profile-inspect", "--gateway-openresponses-bind", "localhost:8787"],
    "invalid gateway bind 'localhost:8787': expected ip:port, for example 127.0.0.1:8787 or [::1]:8787",
  ],
])("%j fails: exit 1 and the chain of reasons on one line", async (args, message) => {
  const ran = await gatehouse(await temporaryFolder(), args);
  expect(ran).toEqual({ exitCode: 1, stdout: "", stderr: `Error: ${message}\n` });
});

test.each([
  ["bad JSON", "{", /^Error: failed to parse state file .tau\/voice\/state.json: .+ at line 1 column 2\n$/],
  [
    "a wrong health figure",
    '{"health":{"queue_depth":"many"}}',
    /: health.queue_depth: expected an integer from 0/,
  ],
  [
    "a null health figure",
    '{"health":{"queue_depth":null}}',
    /: health.queue_depth: expected an integer from 0/,
  ],
  ["a float", '{"health":{"queue_depth":1.0}}', /: health.queue_depth: expected an integer from 0/],
  ["a repeated key", '{"health":{},"health":{}}', /duplicate key "health"/],
  [
    "a wrong record",
    '{"interactions":[{"mode":3}]}',
    /: interactions\[0\].mode: expected a string, found 3\n$/,
  ],
])("a state file with %s fails the status inspection and names the place", async (_, text, message) => {
  const cwd = await temporaryFolder();
  await mkdir(join(cwd, ".tau", "voice"), { recursive: true });
  await writeFile(join(cwd, ".tau", "voice", "state.json"), text);
  const ran = await gatehouse(cwd, ["--voice-status-inspect"]);
  expect(ran.stderr).toMatch(message);
  expect(ran).toMatchObject({ exitCode: 1, stdout: "" });
});

test("an event log with bytes that are not UTF-8 fails the whole status inspection", async () => {
  const cwd = await temporaryFolder();
  await mkdir(join(cwd, ".tau", "voice"), { recursive: true });
  await writeFile(join(cwd, ".tau", "voice", "state.json"), "{}");
  await writeFile(
    join(cwd, ".tau", "voice", "runtime-events.jsonl"),
    Buffer.from([0x7b, 0x7d, 0x0a, 0xff, 0x0a]),
  );
  expect(await gatehouse(cwd, ["--voice-status-inspect"])).toEqual({
    exitCode: 1,
    stdout: "",
    stderr:
      "Error: failed to read events log .tau/voice/runtime-events.jsonl: stream did not contain valid UTF-8\n",
  });
});

test("a fixture that is missing, invalid or drifts fails the runner and leaves nothing behind", async () => {
  const cwd = await temporaryFolder();
  const invalid = join(await temporaryFolder(), "fixture.json");
  await writeFile(invalid, '{"schema_version":2,"name":"x","cases":[]}');
  const run = (fixture: string) =>
    gatehouse(cwd, ["--gateway-contract-runner", "--gateway-fixture", fixture]);
  expect(await run("none.json")).toMatchObject({
    exitCode: 1,
    stderr: expect.stringMatching(/^Error: failed to read fixture none.json: /) as string,
  });
  expect((await run(invalid)).stderr).toBe(
    `Error: invalid fixture ${invalid}: schema_version: unsupported gateway contract schema version 2 (expected 1)\n`,
  );
  expect(filesBelow(cwd)).toEqual({});
});

test("help and version go to standard output", async () => {
  const cwd = await temporaryFolder();
  const help = await gatehouse(cwd, ["--help"]);
  expect(help).toMatchObject({ exitCode: 0, stderr: "" });
  for (const flag of [
    "--voice-contract-runner",
    "--operator-control-summary",
    "--gateway-service-stop-reason",
  ])
    expect(help.stdout).toContain(flag);
  expect(await gatehouse(cwd, ["--version"])).toMatchObject({
    exitCode: 0,
    stdout: expect.stringMatching(/^gatehouse \d+\.\d+\.\d+\n$/) as string,
  });
});

test("environment variables stand in for flags, and flags win over them", async () => {
  const cwd = await temporaryFolder();
  const fixture = join(fixturesRoot, "voice-contract", "rollout-pass.json");
  const ran = await gatehouse(cwd, ["--voice-queue-limit", "2"], {
    TAU_VOICE_CONTRACT_RUNNER: "true",
    TAU_VOICE_FIXTURE: fixture,
    TAU_VOICE_STATE_DIR: "elsewhere",
    TAU_VOICE_QUEUE_LIMIT: "1",
  });
  expect(ran.stdout).toMatch(/^voice runner summary: discovered=3 queued=2 /);
  expect(Object.keys(filesBelow(join(cwd, "elsewhere")))).toContain("state.json");
  const refused = await gatehouse(cwd, ["--voice-contract-runner"], { TAU_VOICE_QUEUE_LIMIT: "none" });
  expect(refused.stderr).toMatch(/^error: invalid value 'none' for 'TAU_VOICE_QUEUE_LIMIT'/);
  expect(refused.exitCode).toBe(2);
});
