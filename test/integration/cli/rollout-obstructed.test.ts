import { mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { execa } from "execa";
import { expect, test } from "vitest";
import { ensureBuilt } from "../../support/build";
import { CommandedRollout, outcomeOf } from "./commanded-rollout";

test("where the rollouts should be is a file: every command says so, and none that there is no rollout", async () => {
  const rollout = await CommandedRollout.make();
  await writeFile(rollout.workspace.file(".gatehouse", "rollouts"), "hello");
  for (const args of [["status"], ["check"], ["pause", "--reason", "x"], ["timeline"], ["history"]]) {
    const { exitCode, stdout, stderr } = await rollout.run(...args);
    expect([args[0], exitCode, stdout]).toEqual([args[0], 1, ""]);
    expect(stderr).toMatch(/\nError: .*cannot be (told|read)/);
    expect(stderr).toContain("/.gatehouse/rollouts cannot be read: ");
    expect(stderr).not.toContain("no rollout yet");
  }
});

test("a journal that is a pipe hangs nobody and is told as what it is; a new rollout can be started", async () => {
  const rollout = await CommandedRollout.make();
  await rollout.start();
  const { view } = await rollout.status();
  const journal = rollout.workspace.file(view.journal.path);
  await rename(journal, `${journal}.aside`);
  await execa("mkfifo", [journal]);
  for (const args of [["status"], ["check"], ["abort", "--reason", "x"]]) {
    const { exitCode, stderr } = await rollout.run(...args);
    expect(exitCode).toBe(1);
    expect(stderr).toContain(`${view.journal.path}, line 1, byte 0: expected a file that can be read`);
    expect(stderr).not.toContain("no rollout yet");
  }
  await rollout.start();
  expect((await rollout.status()).view.rolloutId > view.rolloutId).toBe(true);
});

test("a disk that takes nothing is told; nothing half-written stays behind", async () => {
  const rollout = await CommandedRollout.make();
  await rollout.start();
  const cli = join(await ensureBuilt(), "main", "cli.js");
  const command = `ulimit -f 0; exec "${process.execPath}" "${cli}" rollout check`;
  const folder = rollout.workspace.file(".gatehouse");
  const before = await readdir(folder, { recursive: true });
  const { exitCode, stderr } = await execa("sh", ["-c", command], {
    cwd: rollout.workspace.path,
    reject: false,
  });
  expect(stderr).toMatch(/^Error: .*host\.json cannot be written: .*EFBIG/);
  expect(exitCode).toBe(1);
  expect(await readdir(folder, { recursive: true })).toEqual(before);
  expect((await rollout.run("check")).exitCode).toBe(0);
});

test("two checks at once are both taken, one after the other", async () => {
  const rollout = await CommandedRollout.make();
  await rollout.start();
  const ran = await Promise.all([rollout.run("check", "--json"), rollout.run("check", "--json")]);
  expect(ran.map(({ exitCode, stderr }) => [exitCode, stderr])).toEqual([
    [0, ""],
    [0, ""],
  ]);
  expect(new Set(ran.map((one) => outcomeOf(one).rollout?.checks))).toEqual(new Set([1, 2]));
});

test("a clock that is set back a day between two commands is in the journal and hinders nobody", async () => {
  const rollout = await CommandedRollout.make();
  await rollout.start();
  await rollout.run("check");
  const cli = join(await ensureBuilt(), "main", "cli.js");
  const command = `exec faketime -f -1d "${process.execPath}" "${cli}" rollout pause --reason x`;
  const back = await execa("sh", ["-c", command], {
    cwd: rollout.workspace.path,
    reject: false,
    env: { FAKETIME_DONT_FAKE_MONOTONIC: "1" },
  });
  expect([back.exitCode, back.stderr]).toEqual([0, ""]);
  expect((await rollout.run("resume", "--reason", "x")).exitCode).toBe(0);
  const { view } = await rollout.status();
  expect(view).toMatchObject({ clockJumps: 2, paused: null, journal: { problem: "" } });
  expect((await rollout.run("timeline")).stdout).toMatch(/the wall clock jumped by -86\d{6} ms/);
});

test("what a running rollout goes by is not changed by editing its profile", async () => {
  const rollout = await CommandedRollout.make({ soakMs: 600_000 });
  await rollout.start();
  await rollout.promote();
  await rollout.workspace.writeProfile({ soakMs: 1, maximumEvidenceAgeMs: 600_000, checkIntervalMs: 60_000 });
  await rollout.workspace.runSurfaces();
  await rollout.run("check");
  expect((await rollout.status()).view.soak.requiredMs).toBe(600_000);
  await rm(rollout.workspace.file(".gatehouse", "profiles"), { recursive: true });
  expect((await rollout.run("check")).exitCode).toBe(0);
  const promoted = await rollout.run("promote", "--reason", "hurry");
  expect([promoted.exitCode, promoted.stderr]).toEqual([3, expect.stringMatching(/^refused \(soak-/)]);
});

test("surfaces that are moved in the middle of a rollout hold it until they are there", async () => {
  const rollout = await CommandedRollout.make({ soakMs: 600_000 });
  await rollout.start();
  await rollout.promote();
  await rollout.workspace.runSurfaces();
  expect((await rollout.run("check")).exitCode).toBe(0);
  const surfaces = { voice: { driver: "observe", stateDir: "elsewhere/voice" } };
  await rollout.workspace.write(".gatehouse/settings.json", JSON.stringify({ schemaVersion: 1, surfaces }));
  const gone = await rollout.run("check", "--json");
  expect(gone.exitCode).toBe(3);
  expect(outcomeOf(gone).rollout?.findings).toContainEqual(
    expect.objectContaining({
      surface: "voice",
      status: "missing",
      record: expect.objectContaining({ path: "elsewhere/voice/state.json" }),
    }),
  );
  await mkdir(rollout.workspace.file("elsewhere"));
  await rename(rollout.workspace.file(".tau", "voice"), rollout.workspace.file("elsewhere", "voice"));
  const there = await rollout.run("check", "--json");
  expect(outcomeOf(there).rollout?.findings.map(({ rule, status }) => [rule, status])).toEqual([]);
});
