import {
  chmod,
  copyFile,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  realpath,
  rm,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join, relative, sep } from "node:path";
import { afterAll, beforeAll } from "vitest";
import type { ProgressEvent } from "#contract/tos/progress";
import type { TosSettings } from "#contract/tos/settings";
import { systemClock } from "../../../main/system/clock";
import type { CancelRequest } from "#domain/tos/runs/cancel-request";
import { runOrchestrator } from "../../../main/tos/orchestrator/run-orchestrator";
import { defaultTosSettings } from "../../../main/tos/project/settings-file";
import { startFakeApis, type ScriptedReply, type TraceEntry } from "./fake-apis";

/** Files below a folder by their path with `/`. */
export type Tree = ReadonlyMap<string, Uint8Array>;

/** Keys that occur nowhere else, so that they can be searched for. */
export const testKeys = {
  OPENAI_API_KEY: "sk-openai-5f0c1d7a9e",
  ANTHROPIC_API_KEY: "sk-ant-8b2e4f6c3d",
} as const;

/** What the interpreter of a test says of itself. */
export const pythonVersion = "Python <VER>";

/** A run to be played: what stands in the folder, what the APIs and the shell answer. */
export interface RunScript {
  /** Null: no `config_v0_3.json`. */
  readonly config: string | Uint8Array | null;
  /** `<PYTHON>` stands for an interpreter that works. Null: no `tos_python_path.txt`. */
  readonly pythonPath?: string | null;
  readonly files?: Tree;
  readonly replies?: readonly ScriptedReply[];
  readonly shell?: readonly unknown[];
  /** A null takes the variable away. */
  readonly environment?: Readonly<Record<string, string | null>>;
  readonly settings?: TosSettings;
  /** Sees every event; may abort the run. */
  readonly watch?: (event: ProgressEvent, cancel: (request: CancelRequest) => void) => void;
  /** Really waits between two attempts; otherwise waits are only noted. */
  readonly waits?: boolean;
}

/** Everything a run left. */
export interface PlayedRun {
  readonly root: string;
  readonly python: string;
  readonly exitCode: number;
  readonly events: readonly ProgressEvent[];
  readonly stdout: readonly string[];
  readonly stderr: readonly string[];
  readonly trace: readonly TraceEntry[];
  readonly shellCalls: readonly Readonly<Record<string, unknown>>[];
  /** The project's folder but for its configuration and `tos_python_path.txt`. */
  readonly tree: Tree;
}

/** Programs that stand for PowerShell and Python. Made once, before anything is started from them: a file being written cannot be run. */
export interface ScriptedPrograms {
  readonly folder: string;
  readonly python: string;
  remove(): Promise<void>;
}

export async function makeScriptedPrograms(): Promise<ScriptedPrograms> {
  const folder = await mkdtemp(join(await realpath(tmpdir()), "gatehouse-test-"));
  const powershell = join(folder, "powershell");
  const python = join(folder, "python");
  await copyFile(join(import.meta.dirname, "scripted-powershell.mjs"), powershell);
  await chmod(powershell, 0o755);
  await writeFile(python, `#!/bin/sh\necho '${pythonVersion}'\n`, { mode: 0o755 });
  return { folder, python, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** The same for all tests of a file: made before them, removed after them. */
export function scriptedProgramsForFile(): () => ScriptedPrograms {
  let programs: ScriptedPrograms | undefined;
  beforeAll(async () => {
    programs = await makeScriptedPrograms();
  });
  afterAll(() => programs?.remove());
  return () => {
    if (programs === undefined) throw new Error("asked for before they were made");
    return programs;
  };
}

/** Plays one run in a new folder, which is removed afterwards. */
export async function playRun(script: RunScript, programs: ScriptedPrograms): Promise<PlayedRun> {
  const folder = await mkdtemp(join(await realpath(tmpdir()), "gatehouse-test-"));
  const apis = await startFakeApis(script.replies ?? []);
  try {
    const root = join(folder, "project");
    await layOut(root, script, programs);
    await writeFile(join(folder, "shell.json"), JSON.stringify(script.shell ?? []));
    const events: ProgressEvent[] = [];
    const controller = new AbortController();
    const cancel = (request: CancelRequest): void => controller.abort(request);
    const exitCode = await runOrchestrator({
      root,
      environment: environmentOf(script, {
        PATH: `${programs.folder}${delimiter}${process.env["PATH"] ?? ""}`,
        ...testKeys,
        OPENAI_BASE_URL: apis.openaiBaseUrl,
        ANTHROPIC_BASE_URL: apis.anthropicBaseUrl,
        TOS_SCRIPTED_SHELL: folder,
      }),
      settings: script.settings ?? defaultTosSettings,
      clock: systemClock,
      sleep: async (milliseconds, signal) => {
        apis.trace.push({ sleep: milliseconds / 1_000 });
        if (script.waits === true) await abortable(milliseconds, signal);
      },
      cancel: controller.signal,
      report: (event) => {
        events.push(structuredClone(event));
        script.watch?.(event, cancel);
      },
    });
    return {
      root,
      python: programs.python,
      exitCode,
      events,
      stdout: linesOf(events, "stdout"),
      stderr: linesOf(events, "stderr"),
      trace: apis.trace,
      shellCalls: await readCalls(join(folder, "calls.jsonl")),
      tree: await readTree(root, ["config_v0_3.json", "tos_python_path.txt"]),
    };
  } finally {
    await apis.close();
    await rm(folder, { recursive: true, force: true });
  }
}

export async function layOut(root: string, script: RunScript, programs: ScriptedPrograms): Promise<void> {
  await mkdir(root, { recursive: true });
  if (script.config !== null) await writeFile(join(root, "config_v0_3.json"), script.config);
  const { pythonPath = "<PYTHON>" } = script;
  if (pythonPath !== null)
    await writeFile(join(root, "tos_python_path.txt"), pythonPath.replaceAll("<PYTHON>", programs.python));
  for (const [path, bytes] of script.files ?? []) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), bytes);
  }
}

function environmentOf(
  { environment = {} }: RunScript,
  usual: Readonly<Record<string, string>>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries({ ...usual, ...environment }).filter(
      (entry): entry is [string, string] => entry[1] !== null,
    ),
  );
}

async function abortable(milliseconds: number, signal: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

function linesOf(events: readonly ProgressEvent[], stream: "stdout" | "stderr"): string[] {
  return events.flatMap((event) => (event.kind === "line" && event.stream === stream ? [event.text] : []));
}

async function readCalls(path: string): Promise<Readonly<Record<string, unknown>>[]> {
  const text = await readFile(path, "utf8").catch(() => "");
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>);
}

/** Every file below a folder; `except` are paths left out. A missing folder has none. */
export async function readTree(folder: string, except: readonly string[] = []): Promise<Tree> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join("/"))
    .filter((path) => !except.includes(path))
    .toSorted();
  return new Map(
    await Promise.all(
      paths.map(async (path) => [path, new Uint8Array(await readFile(join(folder, path)))] as const),
    ),
  );
}
