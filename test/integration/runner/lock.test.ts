import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { execa } from "execa";
import { expect, onTestFinished, test } from "vitest";
import { lockFileName } from "../../../main/runner/lock";
import { processStartTime } from "../../../main/system/process-identity";
import { ensureBuilt } from "../../support/build";
import { temporaryFolder } from "../../support/temporary-folder";
import { filesBelow, fixtureFile, jsonLines, runCycleOf } from "./cycle-harness";

const mixed = { surface: "voice", fixturePath: fixtureFile("voice", "mixed-outcomes") } as const;

/** A process that does nothing until the test ends. */
function startSleeper() {
  const sleeper = execa(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { reject: false });
  onTestFinished(async () => {
    sleeper.kill("SIGKILL");
    await sleeper;
  });
  return sleeper;
}

function writeLock(stateDir: string, pid: number | undefined, startTime: string | null): void {
  writeFileSync(path.join(stateDir, lockFileName), JSON.stringify({ pid, startTime, token: "someone" }));
}

test("a directory that a running process uses is refused at once, and nothing is touched", async () => {
  const stateDir = await temporaryFolder();
  const sleeper = startSleeper();
  writeLock(stateDir, sleeper.pid, processStartTime(sleeper.pid ?? 0));
  const before = filesBelow(stateDir);
  await expect(runCycleOf({ ...mixed, stateDir })).rejects.toThrow(
    `state directory ${stateDir} is in use by process ${sleeper.pid}`,
  );
  expect(filesBelow(stateDir)).toEqual(before);
});

test("a lock whose process was killed is taken over", async () => {
  const stateDir = await temporaryFolder();
  const sleeper = startSleeper();
  writeLock(stateDir, sleeper.pid, processStartTime(sleeper.pid ?? 0));
  sleeper.kill("SIGKILL");
  await sleeper;
  await runCycleOf({ ...mixed, stateDir });
  expect(Object.keys(filesBelow(stateDir))).not.toContain(lockFileName);
});

test.each([
  [
    "whose process id now belongs to another process",
    () => JSON.stringify({ pid: process.pid, startTime: "1", token: "old" }),
  ],
  ["that is empty", () => ""],
  ["that names every process", () => '{"pid":4294967295,"startTime":null,"token":"x"}'],
  ["that names no process", () => '{"pid":-1,"startTime":null,"token":"x"}'],
])("a lock %s is taken over", async (_what, text) => {
  const stateDir = await temporaryFolder();
  writeFileSync(path.join(stateDir, lockFileName), text());
  await runCycleOf({ ...mixed, stateDir });
  expect(Object.keys(filesBelow(stateDir)).filter((name) => name.startsWith("."))).toEqual([]);
});

test("two cycles of one process do not meet either", async () => {
  const stateDir = await temporaryFolder();
  const limits = { retryBaseDelayMs: 20 };
  const results = await Promise.allSettled([
    runCycleOf({ ...mixed, stateDir, limits }),
    runCycleOf({ ...mixed, stateDir, limits }),
  ]);
  expect(results.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
});

test("of many processes on one directory each runs alone or is refused, and no event is lost", async () => {
  const cli = path.join(await ensureBuilt(), "main", "cli.js");
  const stateDir = await temporaryFolder();
  const args = [
    cli,
    "--voice-contract-runner",
    "--voice-fixture",
    mixed.fixturePath,
    "--voice-state-dir",
    stateDir,
    "--voice-retry-base-delay-ms",
    "5",
  ];
  const runs = await Promise.all(
    Array.from({ length: 12 }, () => execa(process.execPath, args, { reject: false })),
  );
  const refused = runs.filter(({ exitCode }) => exitCode !== 0);
  for (const { exitCode, stderr } of refused) {
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/is in use by process \d+|is contended by other processes/);
  }
  const events = jsonLines(readFileSync(path.join(stateDir, "runtime-events.jsonl"), "utf8"));
  const completed = runs.length - refused.length;
  expect(completed).toBeGreaterThan(0);
  expect(events.map((event) => event["failure_streak"])).toEqual(
    Array.from({ length: completed }, (_, index) => index + 1),
  );
});
