import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { readTree, type RunScript, type Tree } from "./orchestrated-run";
import type { ScriptedReply } from "./fake-apis";

/** Where the recorded runs of the reference stand. */
const recordedRoot = join(import.meta.dirname, "../../golden/tos/scenarios");

/** A line of `api_calls.jsonl`. */
export interface RecordedCall {
  readonly sleep?: number;
  readonly url?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly args?: unknown;
}

/** One recorded run: what was given, and what the reference did. */
export interface RecordedRun {
  /** `<scenario>/run_N`. */
  readonly name: string;
  readonly script: RunScript;
  readonly exitCode: number;
  readonly stdout: readonly string[];
  readonly apiCalls: readonly RecordedCall[];
  readonly shellCalls: readonly Readonly<Record<string, unknown>>[];
  readonly tree: Tree;
}

/** All recorded runs, in the order of their names. */
export async function readRecordedRuns(): Promise<RecordedRun[]> {
  const names = await readdir(recordedRoot, { recursive: true });
  const runs = names.filter((name) => /^[^/\\]+[/\\]run_\d+$/.test(name)).toSorted();
  return Promise.all(runs.map(readRecordedRun));
}

export async function readRecordedRun(name: string): Promise<RecordedRun> {
  const given = join(recordedRoot, name, "in");
  const left = join(recordedRoot, name, "out");
  const run = JSON.parse(await readFile(join(given, "run.json"), "utf8")) as {
    env_overrides: Readonly<Record<string, string | null>>;
  };
  return {
    name,
    script: {
      config: await readFile(join(given, "config_v0_3.json")).catch(() => null),
      pythonPath: await readFile(join(given, "tos_python_path.txt"), "utf8").catch(() => null),
      files: await readTree(join(given, "before")),
      replies: JSON.parse(await readFile(join(given, "responses.json"), "utf8")) as ScriptedReply[],
      shell: JSON.parse(await readFile(join(given, "shell.json"), "utf8")) as unknown[],
      environment: run.env_overrides,
    },
    exitCode: Number(await readFile(join(left, "exit_code.txt"), "utf8")),
    stdout: (await readFile(join(left, "stdout.txt"), "utf8")).replace(/\n$/, "").split("\n"),
    apiCalls: await readLines<RecordedCall>(join(left, "api_calls.jsonl")),
    shellCalls: await readLines(join(left, "shell_calls.jsonl")),
    tree: await readTree(join(left, "after")),
  };
}

async function readLines<Line>(path: string): Promise<Line[]> {
  const text = await readFile(path, "utf8").catch(() => "");
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Line);
}
