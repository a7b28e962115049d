import { readFile, writeFile } from "node:fs/promises";
import { execa } from "execa";
import { join } from "node:path";
import { expect, test } from "vitest";
import { surfaceIds } from "#contract/identity";
import { surfaceReadingSchema } from "#contract/reading";
import { ensureBuilt } from "../../support/build";
import { filesBelow, fixturesRoot } from "../runner/cycle-harness";
import { temporaryFolder } from "../../support/temporary-folder";
import { gatehouse } from "./gatehouse";

async function runAll(cwd: string): Promise<void> {
  for (const [surface, name] of [
    ["voice", "rollout-pass"],
    ["browser-automation", "single-success"],
    ["dashboard", "snapshot-layout"],
    ["custom-command", "rollout-pass"],
    ["memory", "retrieve-ranking"],
  ] as const) {
    const fixture = join(fixturesRoot, `${surface}-contract`, `${name}.json`);
    const ran = await gatehouse(cwd, [`--${surface}-contract-runner`, `--${surface}-fixture`, fixture]);
    expect(ran.exitCode).toBe(0);
  }
}

test("status exits 0 when all five pass, 3 when one holds, and says why", async () => {
  const cwd = await temporaryFolder();
  await runAll(cwd);
  const written = Object.keys(filesBelow(cwd));
  const passing = await gatehouse(await temporaryFolder(), ["status", "--workspace", cwd, "--json"]);
  const report = JSON.parse(passing.stdout) as { gate: string; surfaces: unknown[] };
  expect(report.gate).toBe("pass");
  const readings = report.surfaces.map((reading) => surfaceReadingSchema.parse(reading));
  expect(readings.map((reading) => reading.surface)).toEqual([...surfaceIds]);
  expect(readings.map((reading) => reading.log.cycles)).toEqual([1, 1, 1, 1, 1]);
  expect(passing.exitCode).toBe(0);
  expect(Object.keys(filesBelow(cwd))).toEqual(written);

  const mixed = join(fixturesRoot, "memory-contract", "mixed-outcomes.json");
  await gatehouse(cwd, ["--memory-contract-runner", "--memory-fixture", mixed]);
  const holding = await gatehouse(cwd, ["status"]);
  expect(holding.exitCode).toBe(3);
  expect(holding.stdout).toMatch(/^Voice +pass +healthy +streak=0 queue=0\n/);
  expect(holding.stdout).toMatch(
    /\n {4}record: {3}\.tau\/memory\/runtime-events\.jsonl, line \d+, byte \d+\n/,
  );
  expect(holding.stdout).toMatch(/\nMemory +hold +degraded +streak=1 queue=0\n {2}\S/);
});

test("a state file that is too old is named stale, never healthy", async () => {
  const cwd = await temporaryFolder();
  await runAll(cwd);
  const path = join(cwd, ".tau", "voice", "state.json");
  const state = JSON.parse(await readFile(path, "utf8")) as { health: { updated_unix_ms: number } };
  state.health.updated_unix_ms -= 60 * 60_000;
  await writeFile(path, JSON.stringify(state, null, 2));
  const { stdout, exitCode } = await gatehouse(cwd, ["status"]);
  expect(exitCode).toBe(3);
  expect(stdout).toMatch(/^Voice +hold +stale \(was healthy\) +streak=0 queue=0\n {2}State file is stale: /);
});

test("status of an empty folder holds for all five; a folder that is not there fails", async () => {
  const cwd = await temporaryFolder();
  const empty = await gatehouse(cwd, ["status", "--json"]);
  expect(empty.exitCode).toBe(3);
  expect(
    (JSON.parse(empty.stdout) as { surfaces: { gate: string }[] }).surfaces.map(({ gate }) => gate),
  ).toEqual(Array(5).fill("hold"));
  expect(await gatehouse(cwd, ["status", "--workspace", "nowhere"])).toMatchObject({
    exitCode: 1,
    stdout: "",
  });
});

test("a reader that goes away ends the program without a word", async () => {
  const cli = join(await ensureBuilt(), "main", "cli.js");
  const child = execa(process.execPath, [cli, "--help"], { reject: false });
  child.stdout.destroy();
  const { exitCode, stderr } = await child;
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
});
