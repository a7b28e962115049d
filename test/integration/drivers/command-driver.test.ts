import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { driverViewSchema, runViewSchema } from "#contract/driver";
import { isProcessAlive } from "../../../main/system/process-identity";
import { waitUntil } from "../../support/wait-until";
import { DriverHarness, runToEnd } from "./harness";

let harness: DriverHarness;
beforeEach(async () => {
  harness = await DriverHarness.open();
});
afterEach(() => harness.close());

const hang = `console.log("pid " + process.pid); setInterval(() => {}, 1000);`;
/** Ignores the polite signal, and so does its child. */
const stubbornFamily = `
  const { spawn } = require("node:child_process");
  const script = 'process.on("SIGTERM", () => {}); console.log("pid " + process.pid); setInterval(() => {}, 1000);';
  spawn(process.execPath, ["-e", script], { stdio: "inherit" });
  process.on("SIGTERM", () => {});
  console.log("pid " + process.pid);
  setInterval(() => {}, 1000);`;

describe("a configured program", () => {
  it("reports success, its output by line and stream, and a command line for a shell", async () => {
    const driver = harness.script("voice", `console.log("eins\\nzwei"); console.error("größer");`);
    const seen: string[] = [];
    driver.onOutput((_runId, lines) => seen.push(...lines.map((line) => `${line.stream} ${line.text}`)));
    const run = runViewSchema.parse(await runToEnd(driver));
    expect(run).toMatchObject({
      outcome: "succeeded",
      exitCode: 0,
      signal: null,
      detail: "",
      trigger: "operator",
      fixture: null,
      outputLines: 3,
      droppedBytes: 0,
    });
    expect(run.commandLine).toBe(
      `cd ${harness.path} && ${process.execPath} -e 'console.log("eins\\nzwei"); console.error("größer");'`,
    );
    expect(seen.toSorted()).toEqual(["stderr größer", "stdout eins", "stdout zwei"]);
    const lines = driver.output(run.runId, 0);
    expect(lines.map((line) => line.number)).toEqual([1, 2, 3]);
    expect(driver.output(run.runId, 2)).toEqual(lines.slice(2));
    expect(driverViewSchema.parse(driver.view())).toMatchObject({ state: "stopped", runs: 1, failedRuns: 0 });
  });

  it("reports a non-zero exit with the program's last words", async () => {
    const driver = harness.script("voice", `console.error("disk is full"); process.exitCode = 3;`);
    expect(await runToEnd(driver)).toMatchObject({
      outcome: "failed",
      exitCode: 3,
      detail: "It ended with exit code 3: disk is full",
    });
    expect(driver.view().failedRuns).toBe(1);
  });

  it("reports a crash with its signal", async () => {
    const driver = harness.script(
      "voice",
      `process.kill(process.pid, "SIGSEGV"); setInterval(() => {}, 1000);`,
    );
    expect(await runToEnd(driver)).toMatchObject({ outcome: "failed", exitCode: null, signal: "SIGSEGV" });
  });

  it("reports a program and a directory that do not exist", async () => {
    const program = harness.driver("voice", { driver: "command", program: "gatehouse-no-such-program" });
    expect(await program.run(undefined, "operator")).toMatchObject({
      outcome: "not-started",
      detail: expect.stringContaining("gatehouse-no-such-program") as string,
    });
    const directory = harness.script("memory", "", { cwd: "missing/folder" });
    expect(await directory.run(undefined, "operator")).toMatchObject({
      outcome: "not-started",
      detail: expect.stringContaining("missing/folder") as string,
    });
  });

  it("ends a program that takes too long", async () => {
    const driver = harness.script("voice", hang, { timeoutMs: 300 });
    const run = await runToEnd(driver);
    expect(run).toMatchObject({ outcome: "timed-out", exitCode: null });
    expect(run.detail).toContain("300 ms");
  });

  it("kills the whole process group of a program that does not listen", async () => {
    const driver = harness.script("voice", stubbornFamily);
    const { runId } = await driver.run(undefined, "operator");
    const pids = await waitUntil("both to say their pid", () => {
      const lines = driver.output(runId, 0).filter((line) => line.text.startsWith("pid "));
      return lines.length === 2 && lines.map((line) => Number(line.text.slice(4)));
    });
    expect(pids.every((pid) => isProcessAlive(pid))).toBe(true);
    const view = await driver.cancel("it hangs");
    expect(view.last).toMatchObject({ outcome: "cancelled", detail: "it hangs", runId });
    await waitUntil("the group to be gone", () => !pids.some((pid) => isProcessAlive(pid)));
  });

  it("does not wait for a child that keeps the pipes open", async () => {
    const driver = harness.script(
      "voice",
      `const { spawn } = require("node:child_process");
       const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "inherit", detached: true });
       console.log("pid " + child.pid); child.unref();`,
    );
    const run = await runToEnd(driver);
    expect(run.outcome).toBe("succeeded");
    const pid = Number(driver.output(run.runId, 0)[0]?.text.slice(4));
    expect(isProcessAlive(pid)).toBe(true);
    process.kill(pid, "SIGKILL");
  });

  it("refuses a second run while one is under way, and a cancel while none is", async () => {
    const driver = harness.script("voice", hang);
    await expect(driver.cancel("nothing there")).rejects.toMatchObject({ code: "conflict" });
    const [first, second] = await Promise.allSettled([
      driver.run(undefined, "operator"),
      driver.run(undefined, "operator"),
    ]);
    expect(first).toMatchObject({ status: "fulfilled", value: { outcome: "running" } });
    expect(second).toMatchObject({ status: "rejected", reason: { code: "conflict" } });
    expect(driver.view().state).toBe("running");
    await driver.cancel("enough");
    expect(driver.view().state).toBe("stopped");
  });

  it("writes what operators do to the operator log", async () => {
    const driver = harness.script("voice", hang);
    const { runId } = await driver.run(undefined, "operator");
    await driver.cancel("too slow");
    driver.start();
    await driver.stop("rollback");
    const log = (await readFile(join(harness.path, ".gatehouse/operator-log.jsonl"), "utf8"))
      .trimEnd()
      .split("\n");
    const entries = log.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(entries).toMatchObject([
      { action: "run", surface: "voice", reason: "", effect: `run ${runId} begun` },
      { action: "cancel", surface: "voice", reason: "too slow", effect: `run ${runId} asked to end` },
      { action: "start", surface: "voice" },
      { action: "stop", surface: "voice", reason: "rollback" },
    ]);
    for (const entry of entries)
      expect(entry).toMatchObject({
        unixMs: expect.any(Number) as number,
        who: expect.stringMatching(/./) as string,
      });
  });

  it("gives a configured program the console's environment and its own additions", async () => {
    process.env["GATEHOUSE_TEST_SECRET"] = "agent key";
    try {
      const driver = harness.script(
        "voice",
        `console.log([process.env.GATEHOUSE_TEST_SECRET, process.env.ADDED].join(","));`,
        { env: { ADDED: "yes" } },
      );
      const { runId } = await runToEnd(driver);
      expect(driver.output(runId, 0).map((line) => line.text)).toEqual(["agent key,yes"]);
    } finally {
      delete process.env["GATEHOUSE_TEST_SECRET"];
    }
  });

  it("stays stopped after a restart of the console, until it is started again", async () => {
    const settings = { autoStart: true, intervalMs: 1_000 };
    const first = harness.script("voice", "", settings);
    await waitUntil("the first run", () => first.view().runs > 0);
    await first.stop("release is rolled back");
    await first.dispose();
    const second = harness.script("voice", "", settings);
    expect(second.view()).toMatchObject({ state: "stopped", nextRunUnixMs: null });
    second.start();
    await waitUntil("the next run", () => second.view().runs > 0);
    await second.dispose();
    expect(harness.script("voice", "", settings).view().state).toBe("scheduled");
  });
});

describe("an observed surface", () => {
  it("refuses to run", async () => {
    const driver = harness.driver("memory", { driver: "observe" });
    expect(driver.view()).toMatchObject({ kind: "observe", state: "observing", stateDir: ".tau/memory" });
    expect(() => driver.start()).toThrow(expect.objectContaining({ code: "unsupported" }));
    await expect(driver.run(undefined, "operator")).rejects.toMatchObject({ code: "unsupported" });
    await expect(driver.stop("x")).rejects.toMatchObject({ code: "unsupported" });
    await expect(driver.cancel("x")).rejects.toMatchObject({ code: "unsupported" });
    expect(await driver.fixtures()).toEqual([]);
  });
});
