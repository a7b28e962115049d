import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { adoptHook, startHook } from "../../../main/rollout/hook/hook-run";
import type { HookPlan } from "../../../main/rollout/hook/plan";
import { attemptPath, beginAttempt, readAttempt } from "../../../main/rollout/hook/receipt";
import { isProcessAlive } from "../../../main/system/process-identity";
import { projectRoot } from "../../../resources/setup/project.mjs";
import { waitMs } from "../../support/limits";
import { temporaryFolder } from "../../support/temporary-folder";
import { waitUntil } from "../../support/wait-until";

const runner = { nodeExecutable: process.execPath, cliEntry: join(projectRoot, "out", "main", "cli.js") };

/** An attempt that runs a script with Node in a folder of its own. */
async function planOf(script: string, changes: Partial<HookPlan> = {}): Promise<HookPlan> {
  const directory = await temporaryFolder();
  return {
    path: attemptPath(directory, "rollout", "effect", 1),
    effectId: "effect",
    attempt: 1,
    program: process.execPath,
    args: ["-e", script],
    directory,
    timeoutMs: waitMs,
    environment: { GATEHOUSE_PERCENT: "5" },
    ...changes,
  };
}

const noteRun = `require("fs").appendFileSync("runs", process.env.GATEHOUSE_PERCENT + "\\n");`;
const runsOf = (plan: HookPlan): Promise<string> =>
  readFile(join(plan.directory, "runs"), "utf8").catch(() => "");

describe("a run of the percent hook", () => {
  it("runs the program where the plan says, with its environment and without Electron's switch, and leaves a receipt", async () => {
    const plan = await planOf(`${noteRun} console.log("given", process.env.ELECTRON_RUN_AS_NODE);`);
    expect(await startHook(plan, runner).ended).toEqual({
      kind: "result",
      ok: true,
      detail: "",
      output: "given undefined",
    });
    expect(await runsOf(plan)).toBe("5\n");
    expect(await readAttempt(plan.path)).toMatchObject({
      effectId: "effect",
      attempt: 1,
      result: { ok: true, exitCode: 0 },
    });
  });

  it("tells the exit code of one that fails, and keeps the last 2,000 characters it printed", async () => {
    const plan = await planOf(
      `console.log("x".repeat(5000)); console.error("no such pool"); process.exitCode = 7`,
    );
    const outcome = await startHook(plan, runner).ended;
    expect(outcome).toMatchObject({ kind: "result", ok: false, detail: "It ended with exit code 7" });
    const { output } = outcome as { output: string };
    expect(output).toHaveLength(2_000);
    expect(output).toMatch(/no such pool/);
  });

  it("tells of a program that cannot be started, and of one that takes too long, which it ends", async () => {
    const missing = await planOf("", { program: "/nowhere/to/be/found" });
    expect(await startHook(missing, runner).ended).toMatchObject({
      ok: false,
      detail: expect.stringMatching(/ENOENT/),
    });
    const slow = await planOf(`setInterval(() => {}, 1000)`, { timeoutMs: 500 });
    expect(await startHook(slow, runner).ended).toMatchObject({
      ok: false,
      detail: "It was ended because it took longer than 500 ms",
    });
    const pid = (await readAttempt(slow.path))?.program?.pid ?? 0;
    expect(pid).toBeGreaterThan(1);
    expect(isProcessAlive(pid)).toBe(false);
  });

  it("may print without end and not listen when it is asked to go; it is ended, and its last words are kept", async () => {
    // Long enough for the program to have begun to print.
    const limitMs = Math.round(waitMs / 30);
    const plan = await planOf(
      `process.on("SIGTERM", () => {});
       const line = "y".repeat(1023) + "\\n";
       let left = 100_000;
       (function print() {
         while (left > 0) { left -= 1; if (!process.stdout.write(line)) return process.stdout.once("drain", print); }
         process.stderr.write("all said\\n");
       })();
       setInterval(() => {}, 1000);`,
      { timeoutMs: limitMs },
    );
    const outcome = await startHook(plan, runner).ended;
    expect(outcome).toMatchObject({
      ok: false,
      detail: `It was ended because it took longer than ${limitMs} ms`,
    });
    const { output } = outcome as { output: string };
    expect(output.length).toBeLessThanOrEqual(2_000);
    expect(output).toMatch(/all said|y{100}/);
    expect(isProcessAlive((await readAttempt(plan.path))?.program?.pid ?? 0)).toBe(false);
  });

  it("is ended when it is superseded", async () => {
    const plan = await planOf(`${noteRun} setInterval(() => {}, 1000)`);
    const run = startHook(plan, runner);
    await waitUntil("the hook runs", async () => (await runsOf(plan)) !== "");
    run.cancel();
    expect(await run.ended).toMatchObject({ ok: false, detail: expect.stringMatching(/newer percent/) });
  });

  it("goes on when it is left, and is found by whoever comes next", async () => {
    const plan = await planOf(
      `${noteRun} setInterval(() => { if (require("fs").existsSync("go")) { console.log("late"); process.exit(); } }, 20)`,
    );
    const run = startHook(plan, runner);
    await waitUntil("the hook runs", async () => (await runsOf(plan)) !== "");
    run.leave();
    expect(await run.ended).toBeNull();
    const adopted = adoptHook(plan);
    await writeFile(join(plan.directory, "go"), "");
    expect(await adopted.ended).toMatchObject({ ok: true, output: "late" });
    expect(await adoptHook(plan).ended).toMatchObject({ ok: true, output: "late" });
    expect(await runsOf(plan)).toBe("5\n");
  });

  it("never runs once it was given up, however late its process starts", async () => {
    const plan = await planOf(noteRun);
    expect(await adoptHook(plan).ended).toEqual({ kind: "lost" });
    expect(await startHook(plan, runner).ended).toMatchObject({
      ok: false,
      detail: expect.stringMatching(/left no receipt/),
    });
    expect(await runsOf(plan)).toBe("");
  });

  it("is lost when its process was killed, and what that left running is ended", async () => {
    const plan = await planOf(
      `require("fs").writeFileSync("pid", String(process.pid)); setInterval(() => {}, 1000)`,
    );
    const run = startHook(plan, runner);
    const attempt = await waitUntil("the hook runs", async () => {
      const found = await readAttempt(plan.path);
      return found?.program ? found : null;
    });
    run.leave();
    process.kill(attempt.runner?.pid ?? 0, "SIGKILL");
    await waitUntil("its process is gone", () => !isProcessAlive(attempt.runner?.pid ?? 0));
    expect(await adoptHook(plan).ended).toEqual({ kind: "lost" });
    await waitUntil("the hook is gone", () => !isProcessAlive(attempt.program?.pid ?? 0));
  });

  it("is begun by exactly one of all that try", async () => {
    const plan = await planOf(noteRun);
    const attempt = {
      schemaVersion: 1 as const,
      effectId: "effect",
      attempt: 1,
      runner: null,
      program: null,
      startedUnixMs: 1,
      result: null,
    };
    const begun = await Promise.all(Array.from({ length: 20 }, () => beginAttempt(plan.path, attempt)));
    expect(begun.filter(Boolean)).toHaveLength(1);
  });

  it("says which file is no record of an attempt", async () => {
    const plan = await planOf(noteRun);
    await writeFile(join(plan.directory, "broken.json"), "{");
    await expect(readAttempt(join(plan.directory, "broken.json"))).rejects.toThrow(
      /broken\.json is not the record/,
    );
  });
});
