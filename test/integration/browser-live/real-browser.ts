import { mkdir, readFile } from "node:fs/promises";
import path from "node:path";
import { execa } from "execa";
import { vi } from "vitest";
import { listProcesses } from "../../../main/browser-live/executor/process-table";
import { executorScript } from "../../../main/browser-live/live-run/work-root";
import { ensureBuilt } from "../../support/build";
import { waitMs } from "../../support/limits";
import { Workbench } from "./workbench";

/** The built command line in a temporary folder of its own, with everything it starts recognisable by that folder. */
export class RealBrowser {
  readonly bench: Workbench;
  readonly #commandLine: string;
  #harness: { kill(signal: "SIGKILL"): unknown } | undefined;

  private constructor(bench: Workbench, commandLine: string) {
    this.bench = bench;
    this.#commandLine = commandLine;
  }

  static async create(): Promise<RealBrowser> {
    const bench = await Workbench.create();
    await mkdir(bench.path("tmp"));
    return new RealBrowser(bench, path.join(await ensureBuilt(), "main", "cli.js"));
  }

  /** Checks that nothing it started is left, then removes the folder. */
  async dispose(): Promise<void> {
    let left: readonly string[] = [];
    const isQuiet = async () => (left = await this.processes()).length === 0;
    await vi.waitUntil(isQuiet, { timeout: waitMs }).catch(() => {
      throw new Error(`processes were left behind:\n${left.join("\n")}`);
    });
    await this.bench.remove();
  }

  /** Command lines of live processes that were started from here: they carry this folder in their environment. */
  async processes(): Promise<readonly string[]> {
    const mark = `TMPDIR=${this.bench.path("tmp")}\0`;
    const all = await listProcesses();
    const own = await Promise.all(
      all.map(async ({ pid }) => {
        const environment = await readFile(`/proc/${pid}/environ`, "utf8").catch(() => "");
        return environment.includes(mark);
      }),
    );
    return all.filter((_entry, index) => own[index] === true).map((entry) => entry.commandLine);
  }

  /** Process id of the browser that runs on a profile in this folder; its children came later. */
  async browserProcess(): Promise<number | null> {
    const all = await listProcesses();
    const own = all.filter(({ commandLine }) =>
      commandLine.includes(`--user-data-dir=${this.bench.path("tmp")}`),
    );
    return own.length === 0 ? null : Math.min(...own.map((entry) => entry.pid));
  }

  start(args: readonly string[], environment: Readonly<Record<string, string>> = {}) {
    return execa(process.execPath, [this.#commandLine, ...args], {
      reject: false,
      extendEnv: false,
      all: true,
      timeout: waitMs,
      cwd: this.bench.folder,
      env: { ...process.env, TMPDIR: this.bench.path("tmp"), ...environment },
    });
  }

  /** One call of the executor, its standard output read as JSON. */
  async execute(...args: readonly string[]) {
    const { stdout, stderr, exitCode } = await this.start(["browser-executor", ...args]);
    return { exitCode, stderr, answer: stdout === "" ? null : JSON.parse(stdout) };
  }

  /** Starts the harness with our own executor on these cases. */
  async harness(cases: readonly unknown[], ...flags: readonly string[]) {
    const fixture = await this.bench.write("fixture.json", { schema_version: 1, name: "real", cases });
    const script = executorScript(process.execPath, this.#commandLine, false);
    const executor = await this.bench.writeProgram("executor", script);
    const args = [
      "--fixture",
      fixture,
      "--state-dir",
      this.bench.path("state"),
      "--playwright-cli",
      executor,
    ];
    const running = this.start(["browser-live-harness", ...args, ...flags]);
    this.#harness = running;
    return running;
  }

  /** Kills the harness under way as a crash would. */
  killHarness(): void {
    this.#harness?.kill("SIGKILL");
  }

  /** The summary of the last harness run. */
  async summary() {
    return JSON.parse(await this.bench.text("state/browser-live-summary.json"));
  }

  /** Response bodies of all cases so far, from the channel log. */
  async bodies(): Promise<readonly Record<string, unknown>[]> {
    const log = await this.bench.text("state/channel-store/channels/browser-automation/live/log.jsonl");
    return log
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line).payload.response_body);
  }
}
