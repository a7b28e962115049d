import { existsSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { describeError } from "#domain/contract-error";
import { runHarness, type HarnessOptions } from "../../../main/browser-live/harness/run-harness";
import { systemClock } from "../../../main/system/clock";

export const goldenFolder = fileURLToPath(new URL("../../golden/browser-live", import.meta.url));
const scriptedExecutor = fileURLToPath(new URL("scripted-executor.mjs", import.meta.url));

/** What one run of the harness came to. */
export interface HarnessRun {
  readonly error: string | null;
  readonly out: readonly string[];
  readonly warnings: readonly string[];
}

/** A temporary folder with a scripted executor, and the harness run in it. */
export class Workbench {
  readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  static async create(): Promise<Workbench> {
    return new Workbench(await mkdtemp(path.join(tmpdir(), "gatehouse-test-live-")));
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }

  path(...names: readonly string[]): string {
    return path.join(this.folder, ...names);
  }

  async write(name: string, value: unknown): Promise<string> {
    await writeFile(this.path(name), typeof value === "string" ? value : JSON.stringify(value));
    return this.path(name);
  }

  async writeProgram(name: string, text: string): Promise<string> {
    await writeFile(this.path(name), text, { mode: 0o755 });
    return this.path(name);
  }

  text(...names: readonly string[]): Promise<string> {
    return readFile(this.path(...names), "utf8");
  }

  has(...names: readonly string[]): boolean {
    return existsSync(this.path(...names));
  }

  /** Calls the executor got, in order. */
  async calls(): Promise<readonly { subcommand: string; request: unknown; sessionFile: string }[]> {
    if (!this.has("calls.jsonl")) return [];
    return (await this.text("calls.jsonl"))
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
  }

  /** Runs the harness on `cases` with answers by subcommand or operation. */
  async run(
    cases: readonly unknown[],
    script: Readonly<Record<string, unknown>>,
    options: Partial<HarnessOptions> = {},
    signal: AbortSignal = new AbortController().signal,
  ): Promise<HarnessRun> {
    const fixturePath = await this.write("fixture.json", { schema_version: 1, name: "test", cases });
    await this.write("script.json", script);
    return this.runFiles({ fixturePath, ...options }, signal);
  }

  async runFiles(
    options: Partial<HarnessOptions> & { readonly fixturePath: string },
    signal: AbortSignal = new AbortController().signal,
  ): Promise<HarnessRun> {
    const out: string[] = [];
    const warnings: string[] = [];
    let error: string | null = null;
    try {
      await runHarness(
        {
          stateDir: this.path("state"),
          playwrightCli: scriptedExecutor,
          summaryPath: this.path("summary.json"),
          retentionDays: 7,
          policy: { actionTimeoutMs: 5_000, maxActionsPerCase: 8, allowUnsafeActions: false },
          ...options,
        },
        {
          clock: systemClock,
          terminal: { out: (text) => out.push(text), error: (text) => warnings.push(text) },
          environment: { ...process.env, SCRIPTED_EXECUTOR: this.folder },
          signal,
        },
      );
    } catch (failure) {
      error = describeError(failure);
    }
    return { error, out, warnings };
  }
}

/** Every file below a folder as text, by relative path, sorted. */
export async function readTree(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .toSorted();
  return Object.fromEntries(
    await Promise.all(
      files.map(async (file) => [path.relative(folder, file), await readFile(file, "utf8")] as const),
    ),
  );
}

/** The text with wall-clock times, and what is derived from them, replaced by names that do not change. */
export function normaliseTimes(text: string, folder: string): string {
  return text
    .replaceAll(folder, "<folder>")
    .replace(/artifact-\d{13}-[0-9a-f]{8}/g, "artifact-<time>-<hash>")
    .replace(/"(timestamp|created|expires)_unix_ms":\d{13}/g, '"$1_unix_ms":"<time>"');
}
