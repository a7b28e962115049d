import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { execa } from "execa";
import { expect, test } from "vitest";
import { ensureBuilt } from "../../support/build";
import { rounds, seed } from "../../support/depth";
import { createRandom } from "../../support/random";
import { temporaryFolder } from "../../support/temporary-folder";
import { filesBelow, fixtureFile, jsonLines, runCycleOf } from "./cycle-harness";

const cycles = rounds(20, 200);

test(`kill -9 at random points of ${cycles} cycles leaves state and log in agreement (seed ${seed})`, async () => {
  const cli = path.join(await ensureBuilt(), "main", "cli.js");
  const stateDir = path.join(await temporaryFolder(), "state");
  const fixturePath = fixtureFile("voice", "mixed-outcomes");
  const args = [
    cli,
    "--voice-contract-runner",
    "--voice-fixture",
    fixturePath,
    "--voice-state-dir",
    stateDir,
  ];
  const random = createRandom(seed);
  let started = performance.now();
  await execa(process.execPath, args);
  let wholeMs = performance.now() - started;
  let finished = 1;
  let killed = 0;
  for (let cycle = 1; cycle < cycles; cycle += 1) {
    started = performance.now();
    const run = execa(process.execPath, args, { reject: false });
    const ended = await Promise.race([run, wait(wholeMs * 1.2 * random.next()).then(() => null)]);
    if (ended === null) run.kill("SIGKILL");
    const { exitCode, stderr } = await run;
    expect(stderr).toBe("");
    if (exitCode === 0) {
      finished += 1;
      // The first one may have been the slowest: kills are to come before the end.
      wholeMs = (wholeMs + performance.now() - started) / 2;
    } else killed += 1;
  }
  // One last cycle, undisturbed, repairs whatever the last kill left.
  await runCycleOf({ surface: "voice", fixturePath, stateDir });
  const files = filesBelow(stateDir);
  const streaks = jsonLines(files["runtime-events.jsonl"] ?? "").map((event) => event["failure_streak"]);
  expect(streaks).toEqual(streaks.map((_, index) => index + 1));
  const state = JSON.parse(files["state.json"] ?? "");
  expect(state.health.failure_streak).toBe(streaks.length);
  expect(state.processed_case_keys).toHaveLength(2);
  expect(jsonLines(files["channel-store/channels/voice/ops-1/log.jsonl"] ?? "")).toHaveLength(2);
  expect(jsonLines(files["channel-store/channels/voice/ops-2/log.jsonl"] ?? "")).toHaveLength(streaks.length);
  // Every cycle that said it was done is in the log; a killed one is there once or not at all.
  expect(streaks.length).toBeGreaterThanOrEqual(finished + 1);
  expect(streaks.length).toBeLessThanOrEqual(cycles + 1);
  expect(killed).toBeGreaterThan(cycles / 10);
  expect(Object.keys(files).filter((name) => path.basename(name).startsWith("."))).toEqual([]);
});
