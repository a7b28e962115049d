import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { filesBelow, fixturesRoot } from "../runner/cycle-harness";
import { temporaryFolder } from "../../support/temporary-folder";
import { gatehouse } from "./gatehouse";

const statusFlags = ["--gateway-service-status", "--gateway-service-status-json"];

test("the status of a gateway that never ran is running and pass, and nothing is written", async () => {
  const cwd = await temporaryFolder();
  const before = Date.now();
  const ran = await gatehouse(cwd, statusFlags);
  const report = JSON.parse(ran.stdout) as Record<string, number>;
  expect(Object.keys(report)).toEqual([
    "state_path",
    "service_status",
    "rollout_gate",
    "rollout_reason_code",
    "guardrail_gate",
    "guardrail_reason_code",
    "service_startup_attempts",
    "service_startup_failure_streak",
    "service_last_startup_error",
    "service_last_started_unix_ms",
    "service_last_stopped_unix_ms",
    "service_last_transition_unix_ms",
    "service_last_stop_reason",
    "health",
  ]);
  expect(report).toMatchObject({
    state_path: ".tau/gateway/state.json",
    service_status: "running",
    rollout_gate: "pass",
    rollout_reason_code: "guardrail_checks_passing",
    service_startup_attempts: 0,
    service_last_stopped_unix_ms: 0,
  });
  expect(report["service_last_started_unix_ms"]).toBeGreaterThanOrEqual(before);
  expect(report["service_last_transition_unix_ms"]).toBe(report["service_last_started_unix_ms"]);
  expect(filesBelow(cwd)).toEqual({});
});

test("start and stop change only the service, and a cycle keeps it", async () => {
  const cwd = await temporaryFolder();
  const state = async () =>
    JSON.parse(await readFile(join(cwd, ".tau", "gateway", "state.json"), "utf8")) as Record<string, object>;
  const run = () =>
    gatehouse(cwd, [
      "--gateway-contract-runner",
      "--gateway-fixture",
      join(fixturesRoot, "gateway-contract", "mixed-outcomes.json"),
    ]);
  await run();
  const cycled = await state();
  expect((await gatehouse(cwd, ["--gateway-service-stop"])).exitCode).toBe(0);
  const stopped = await state();
  expect(stopped).toEqual({
    ...cycled,
    service: {
      ...cycled["service"],
      status: "stopped",
      last_stop_reason: "operator_requested",
      last_stopped_unix_ms: expect.any(Number) as number,
      last_transition_unix_ms: expect.any(Number) as number,
    },
  });
  await run();
  expect((await state())["service"]).toEqual(stopped["service"]);
  expect((await gatehouse(cwd, ["--gateway-service-start"])).exitCode).toBe(0);
  expect((await state())["service"]).toMatchObject({
    status: "running",
    startup_attempts: 1,
    last_stop_reason: "operator_requested",
  });
});

test("a state file that cannot be used is warned of and ignored by the service status", async () => {
  const cwd = await temporaryFolder();
  await mkdir(join(cwd, ".tau", "gateway"), { recursive: true });
  await writeFile(join(cwd, ".tau", "gateway", "state.json"), '{"schema_version":2}');
  const ran = await gatehouse(cwd, statusFlags);
  expect(ran.exitCode).toBe(0);
  expect(ran.stderr).toMatch(/^gateway: .*state\.json.*unsupported state schema 2.*\n$/);
  expect(JSON.parse(ran.stdout)).toMatchObject({ service_status: "running", rollout_gate: "pass" });
});
