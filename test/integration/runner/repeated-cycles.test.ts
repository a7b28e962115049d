import path from "node:path";
import { expect, test } from "vitest";
import { defaultExecutionPolicy } from "#domain/surfaces/custom-command/policy";
import { temporaryFolder } from "../../support/temporary-folder";
import { filesBelow, fixtureFile, jsonLines, runCycleOf, surfaces } from "./cycle-harness";

function eventsOf(stateDir: string) {
  return jsonLines(filesBelow(stateDir)["runtime-events.jsonl"] ?? "");
}

test.each(surfaces)(
  "%s: the same mixed fixture again is skipped but for the failing case",
  async (surface) => {
    const stateDir = await temporaryFolder();
    const fixturePath = fixtureFile(surface, "mixed-outcomes");
    for (let cycle = 0; cycle < 3; cycle += 1) await runCycleOf({ surface, fixturePath, stateDir });
    const again = {
      applied_cases: 0,
      malformed_cases: 0,
      duplicate_skips: 2,
      retryable_failures: 4,
      retry_attempts: 3,
      failed_cases: 1,
    };
    expect(eventsOf(stateDir)).toMatchObject([
      { failure_streak: 1, health_state: "degraded", duplicate_skips: 0, applied_cases: 1 },
      { failure_streak: 2, health_state: "degraded", ...again },
      {
        failure_streak: 3,
        health_state: "failing",
        health_reason: "transport failures are sustained (failure_streak=3)",
        ...again,
      },
    ]);
  },
);

test.each(surfaces)("%s: two attempts make one retry", async (surface) => {
  const stateDir = await temporaryFolder();
  const fixturePath = fixtureFile(surface, "mixed-outcomes");
  const { lines } = await runCycleOf({ surface, fixturePath, stateDir, limits: { retryMaxAttempts: 2 } });
  expect(lines[0]).toContain(" retryable_failures=2 retries=1 failed=1 ");
});

test.each(surfaces)("%s: a clean cycle after failures is healthy again", async (surface) => {
  const stateDir = await temporaryFolder();
  const clean = {
    voice: "rollout-pass",
    "browser-automation": "single-success",
    dashboard: "snapshot-layout",
    "custom-command": "rollout-pass",
    memory: "retrieve-ranking",
  }[surface];
  await runCycleOf({ surface, fixturePath: fixtureFile(surface, "mixed-outcomes"), stateDir });
  await runCycleOf({ surface, fixturePath: fixtureFile(surface, clean), stateDir });
  expect(eventsOf(stateDir)[1]).toMatchObject({ failure_streak: 0, health_state: "healthy" });
});

test("cases past the queue limit are backlog of that cycle only", async () => {
  const stateDir = await temporaryFolder();
  const fixturePath = fixtureFile("voice", "backpressure");
  const first = await runCycleOf({ surface: "voice", fixturePath, stateDir });
  expect(first.lines[0]).toContain("discovered=66 queued=64 applied=64 ");
  expect(first.lines[1]).toContain(" queue_depth=2 ");
  await runCycleOf({ surface: "voice", fixturePath, stateDir });
  expect(eventsOf(stateDir)).toMatchObject([
    { reason_codes: ["queue_backpressure_applied", "turns_handled"], backlog_cases: 2 },
    { reason_codes: ["queue_backpressure_applied", "duplicate_cases_skipped"], backlog_cases: 2 },
  ]);
});

test("a cycle of duplicates alone says nothing else", async () => {
  const stateDir = await temporaryFolder();
  const fixturePath = fixtureFile("voice", "rollout-pass");
  await runCycleOf({ surface: "voice", fixturePath, stateDir });
  await runCycleOf({ surface: "voice", fixturePath, stateDir });
  expect(eventsOf(stateDir)[1]).toMatchObject({
    reason_codes: ["duplicate_cases_skipped"],
    duplicate_skips: 3,
  });
});

test("a case forgotten past the cap runs again and its count goes on", async () => {
  const stateDir = await temporaryFolder();
  const request = {
    surface: "voice",
    fixturePath: fixtureFile("voice", "rollout-pass"),
    stateDir,
    limits: { processedCaseCap: 1 },
  } as const;
  await runCycleOf(request);
  await runCycleOf(request);
  const state = JSON.parse(filesBelow(stateDir)["state.json"] ?? "");
  expect(state.processed_case_keys).toEqual(["turn:tau:ops-2:voice-turn-open-orders"]);
  expect(state.interactions.map((record: { run_count: number }) => record.run_count)).toEqual([2, 2, 2]);
});

test("retries wait, doubling each time", async () => {
  const started = performance.now();
  const request = { surface: "memory", fixturePath: fixtureFile("memory", "mixed-outcomes") } as const;
  await runCycleOf({ ...request, stateDir: await temporaryFolder(), limits: { retryBaseDelayMs: 20 } });
  expect(performance.now() - started).toBeGreaterThanOrEqual(20 + 40 + 80 - 5);
});

test("a cancelled wait ends the cycle and leaves nothing", async () => {
  const stateDir = path.join(await temporaryFolder(), "deep", "state");
  const cycle = runCycleOf({
    surface: "memory",
    fixturePath: fixtureFile("memory", "mixed-outcomes"),
    stateDir,
    limits: { retryBaseDelayMs: 60_000 },
    ports: { signal: AbortSignal.timeout(50) },
  });
  await expect(cycle).rejects.toThrow("cycle cancelled");
  expect(filesBelow(path.dirname(path.dirname(stateDir)))).toEqual({});
});

test("a program that outlives its time is killed, and every attempt is counted", async () => {
  const stateDir = await temporaryFolder();
  const { lines } = await runCycleOf({
    surface: "custom-command",
    fixturePath: fixtureFile("custom-command", "run-timeout"),
    stateDir,
    limits: { retryMaxAttempts: 2 },
    settings: { surface: "custom-command", policy: defaultExecutionPolicy, runTimeoutMs: 100 },
  });
  expect(lines[0]).toContain(" executed_runs=1 run_timeout_failures=2 ");
  expect(eventsOf(stateDir)[0]?.["reason_codes"]).toEqual([
    "retry_attempted",
    "retryable_failures_observed",
    "case_processing_failed",
    "command_runs_recorded",
    "command_run_timeout_observed",
  ]);
  const state = JSON.parse(filesBelow(stateDir)["state.json"] ?? "");
  expect(state.commands).toMatchObject([
    { command_name: "sleeper", last_timed_out: true, last_exit_code: null },
  ]);
});
