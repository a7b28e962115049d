import { appendFile, readFile } from "node:fs/promises";
import { join } from "node:path";
import { execa } from "execa";
import { expect, onTestFinished, test } from "vitest";
import type { PercentHook } from "#contract/rollout/profile";
import { ensureBuilt } from "../../support/build";
import { waitMs } from "../../support/limits";
import { waitUntil } from "../../support/wait-until";
import { CommandedRollout, outcomeOf } from "./commanded-rollout";

const hook: PercentHook = {
  program: process.execPath,
  args: ["-e", "process.exitCode = 3"],
  cwd: ".",
  timeoutMs: waitMs,
  attempts: 3,
  retryDelayMs: 600_000,
};

/** Begins a command that is not waited for; the function given ends it at once, as does the end of the test. */
async function begin(rollout: CommandedRollout, ...args: readonly string[]): Promise<() => Promise<void>> {
  const cli = join(await ensureBuilt(), "main", "cli.js");
  const command = execa(process.execPath, [cli, "rollout", ...args], {
    cwd: rollout.workspace.path,
    reject: false,
  });
  const kill = async (): Promise<void> => {
    command.kill("SIGKILL");
    await command;
  };
  onTestFinished(kill);
  return kill;
}

test("a command does not wait for a hook that nobody wants any more", async () => {
  const rollout = await CommandedRollout.make({ percentHook: hook });
  await rollout.start();
  await rollout.workspace.runSurfaces();
  await rollout.run("check");
  const killPromotion = await begin(rollout, "promote", "--reason", "all green");
  const { view } = await rollout.status();
  await waitUntil("the first attempt has failed", async () =>
    (await rollout.read(view.journal.path)).includes('"effect-failed"'),
  );
  await killPromotion();
  const aborted = await rollout.run("abort", "--reason", "the pool is gone", "--json");
  expect(outcomeOf(aborted)).toMatchObject({
    outcome: "done",
    rollout: { status: "aborted", effects: [{ state: "intended", attempt: 1 }] },
  });
  expect(aborted).toMatchObject({ exitCode: 0, stderr: "" });
});

test("an entry cut short is removed, warned of and told in the journal", async () => {
  const rollout = await CommandedRollout.make();
  await rollout.start();
  const { view } = await rollout.status();
  const file = rollout.workspace.file(view.journal.path);
  const whole = await readFile(file, "utf8");
  await appendFile(file, '{"sequence":2,"at');
  const looked = await rollout.run("status");
  expect(looked.stderr).toBe("");
  expect(await readFile(file, "utf8")).toBe(`${whole}{"sequence":2,"at`);

  await rollout.workspace.runSurfaces();
  const checked = await rollout.run("check");
  expect(checked.exitCode).toBe(0);
  expect(checked.stderr).toMatch(/^warning: rollout \S+: 17 bytes of an entry cut short were removed .*\n$/);
  const timeline = await rollout.run("timeline");
  expect(timeline.stdout).toMatch(/taken up by a console; 17 bytes of a torn entry removed/);
  expect((await rollout.run("check")).stderr).toBe("");
});
