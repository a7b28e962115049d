import { mkdir, readdir, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { execa } from "execa";
import { describe, expect, it } from "vitest";
import { projectFile } from "../../../resources/setup/project.mjs";
import { isProcessAlive } from "../../../main/system/process-identity";
import { temporaryFolder } from "../../support/temporary-folder";
import { waitUntil } from "../../support/wait-until";

/** A small project whose unit suite is the given files, run by the real runner and the real Vitest in their own processes. */
class Suite {
  readonly root: string;
  /** Where runs make their folders. */
  readonly temporary: string;

  private constructor(root: string) {
    this.root = root;
    this.temporary = join(root, "tmp");
  }

  static async of(files: Readonly<Record<string, string>>): Promise<Suite> {
    const suite = new Suite(await temporaryFolder());
    await symlink(projectFile("node_modules"), join(suite.root, "node_modules"), "dir");
    const scripts = { suite: "node runner.mjs" };
    await writeFile(join(suite.root, "package.json"), JSON.stringify({ type: "module", scripts }));
    await writeFile(join(suite.root, "runner.mjs"), suite.#program(3_600_000));
    const reporter = JSON.stringify(projectFile("resources/suites/progress-reporter.mjs"));
    const project = `{ extends: true, test: { name: "unit", include: ["test/*.test.js"], setupFiles } }`;
    await writeFile(
      join(suite.root, "vitest.config.js"),
      `import { ProgressReporter, progressVariable } from ${reporter};
       const setupFiles = [${JSON.stringify(projectFile("resources/suites/tell-progress.mjs"))}];
       export default { test: { maxWorkers: 2, allowOnly: false, passWithNoTests: true, projects: [${project}],
         reporters: ["default", new ProgressReporter(process.env[progressVariable])] } };`,
    );
    await mkdir(join(suite.root, "test"));
    await mkdir(suite.temporary);
    for (const [name, body] of Object.entries(files)) {
      await writeFile(join(suite.root, "test", name), `import { expect, it } from "vitest";\n${body}\n`);
    }
    return suite;
  }

  /** A program that runs this suite; `silenceMs` is its limit against hanging. */
  #program(silenceMs: number): string {
    const runner = JSON.stringify(projectFile("resources/suites/run-guarded.mjs"));
    const suites = JSON.stringify(projectFile("resources/suites/suites.mjs"));
    return `
      import { leftRunning, runGuarded } from ${runner};
      import { runSuites } from ${suites};
      const [tally, left] = await runGuarded(process.env, async (run) => {
        const [tally] = await runSuites(${JSON.stringify(this.root)}, ["unit"], { run, silenceMs: ${silenceMs} });
        return [tally, await leftRunning(run)];
      });
      console.log(JSON.stringify({ ...tally, left }));`;
  }

  /** Starts the runner, in a process group of its own as a terminal would. */
  start(silenceMs = 3_600_000) {
    return execa(process.execPath, ["--input-type=module", "--eval", this.#program(silenceMs)], {
      env: { TMPDIR: this.temporary },
      detached: true,
      reject: false,
    });
  }

  /** Starts the runner as a script of `npm`, which hands on no signal. */
  startByNpm() {
    return execa("npm", ["run", "suite"], {
      cwd: this.root,
      env: { TMPDIR: this.temporary },
      detached: true,
      reject: false,
      buffer: false,
    });
  }

  async run(silenceMs?: number) {
    const { stdout } = await this.start(silenceMs);
    const lines = stdout.split("\n");
    const { left, ...tally } = JSON.parse(lines.pop() ?? "") as {
      passed: number;
      failed: number;
      problems: string[];
      left: { pid: number; command: string }[];
    };
    return { tally, left, printed: lines.join("\n") };
  }

  /** Resolves once the suite is where the others end it: one file has passed, the other hangs. */
  async hanging(): Promise<number[]> {
    const progress = join(this.root, "out", "test", "progress.jsonl");
    await waitUntil("the file that passes", async () =>
      /"event":"file".*a\.test\.js/.test(await readFile(progress, "utf8").catch(() => "")),
    );
    return this.noted(3);
  }

  /** Process numbers that tests of this suite have noted, once there are `count`. */
  noted(count: number): Promise<number[]> {
    return waitUntil("the noted processes", async () => {
      const text = await readFile(join(this.root, "pids"), "utf8").catch(() => "");
      const pids = text.split("\n").slice(0, -1).map(Number);
      return pids.length >= count ? pids : null;
    });
  }
}

const passes = `it("passes", () => { expect(1).toBe(1); });`;
const note = `
  import { appendFileSync } from "node:fs";
  import { spawn } from "node:child_process";
  const note = (pid) => appendFileSync("pids", pid + "\\n");`;
/** Starts a program that goes on for long: one of its group, or one that has left for a session of its own. */
const started = (detached: boolean, stdio = "inherit") => `
  { const child = spawn("sleep", ["3600"], { stdio: "${stdio}", detached: ${detached} }); note(child.pid); child.unref(); }`;
const hangs = `${note}
  it("hangs on purpose", () => { note(process.pid); ${started(false)} ${started(true)} for (;;); }, 0);`;

describe("a suite", () => {
  it("counts its tests in one line", async () => {
    const { tally, printed } = await (await Suite.of({ "a.test.js": passes, "b.test.js": passes })).run();
    expect(tally).toEqual({ passed: 2, failed: 0, problems: [] });
    expect(printed).toMatch(/^unit +2 passed, 0 failed \([\d.]+ s of tests\)$/);
  });

  it("fails when it has no test, even where Vitest is content", async () => {
    const { tally } = await (await Suite.of({})).run();
    expect(tally.failed).toBe(1);
  });

  it.each([
    ["a test fails", `it("fails", () => { expect(1).toBe(2); });`, /expected 1 to be 2/],
    ["a test is skipped", `it.skip("sleeps", () => {});`, /did not run: sleeps/],
    ["a test is put off", `it.todo("later");`, /did not run: later/],
    ["a file does not load", `import "./no-such-file";`, /failed outside its tests/],
    [
      "something is thrown outside of tests",
      `it("passes", () => { setTimeout(() => { throw new Error("late"); }); return new Promise((done) => setTimeout(done, 50)); });`,
      /errors outside of tests: 1/,
    ],
  ])("fails when %s, and says which", async (_, body, message) => {
    const suite = await Suite.of({ "a.test.js": passes, "b.test.js": body });
    const { tally, printed } = await suite.run();
    expect(tally.failed).toBe(1);
    expect(printed).toMatch(message);
  });

  it("fails when a test wants to run alone", async () => {
    const suite = await Suite.of({ "a.test.js": `it.only("alone", () => {});\n${passes}` });
    expect((await suite.run()).tally.failed).toBeGreaterThan(0);
  });

  it("is ended when a test hangs, and tells what had passed and which test that was", async () => {
    const suite = await Suite.of({ "a.test.js": passes, "b.test.js": hangs });
    const running = suite.run(5_000);
    const pids = await suite.noted(3);
    const { tally, printed } = await running;
    expect(tally.passed).toBe(1);
    expect(tally.problems).toContain("it was running test/b.test.js: hangs on purpose");
    expect(printed).toMatch(/no test ended in 5 s/);
    expect(pids.filter((pid) => isProcessAlive(pid))).toEqual([]);
    expect(await readdir(suite.temporary)).toEqual([]);
  });
});

describe("a run that is ended in the middle", () => {
  it.each(["SIGTERM", "SIGINT", "SIGHUP"] as const)(
    "by %s tells what had passed and leaves nothing",
    async (signal) => {
      const suite = await Suite.of({ "a.test.js": passes, "b.test.js": hangs });
      const runner = suite.start();
      const pids = await suite.hanging();
      runner.kill(signal);
      const { stdout } = await runner;
      expect(stdout).toContain(`ended by ${signal}`);
      expect(stdout).toContain("it was running test/b.test.js: hangs on purpose");
      expect(stdout).toMatch(/^unit +1 passed, \d failed/m);
      expect(pids.filter((pid) => isProcessAlive(pid))).toEqual([]);
      expect(await readdir(suite.temporary)).toEqual([]);
    },
  );

  it("by a SIGTERM to npm leaves nothing, though npm hands it on to nobody", async () => {
    const suite = await Suite.of({ "a.test.js": passes, "b.test.js": hangs });
    const npm = suite.startByNpm();
    const pids = await suite.hanging();
    npm.kill("SIGTERM");
    await npm;
    await expect.poll(() => pids.filter((pid) => isProcessAlive(pid))).toEqual([]);
    await expect.poll(() => readdir(suite.temporary)).toEqual([]);
  });

  it("by SIGKILL leaves nothing either", async () => {
    const suite = await Suite.of({ "a.test.js": passes, "b.test.js": hangs });
    const runner = suite.start();
    const pids = await suite.hanging();
    runner.kill("SIGKILL");
    await runner;
    await expect.poll(() => pids.filter((pid) => isProcessAlive(pid))).toEqual([]);
    await expect.poll(() => readdir(suite.temporary)).toEqual([]);
  });
});

it("names a process that outlives its test, and ends it", async () => {
  const suite = await Suite.of({
    "a.test.js": `${note} it("leaves one", () => { ${started(true, "ignore")} });`,
  });
  const { left } = await suite.run();
  const [pid = 0] = await suite.noted(1);
  expect(left).toEqual([{ pid, command: "sleep 3600" }]);
  expect(isProcessAlive(pid)).toBe(false);
});
