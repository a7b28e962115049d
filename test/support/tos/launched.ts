import { access, constants, mkdtemp, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll } from "vitest";
import { projectRoot } from "../../../resources/setup/project.mjs";
import { ensureBuilt } from "../build";
import { waitMs } from "../limits";
import { comparableLines } from "./compare-runs";
import { startFakeApis } from "./fake-apis";
import {
  layOut,
  makeScriptedPrograms,
  readTree,
  type RunScript,
  type ScriptedPrograms,
  testKeys,
  type Tree,
} from "./orchestrated-run";
import { readRecordedRuns, type RecordedRun } from "./recorded-run";

/** What a process of the launcher left. */
export interface Launched {
  readonly root: string;
  readonly exitCode: number | undefined;
  /** With `<BASE>` for the project and `<PYTHON>` for the interpreter. */
  readonly stdout: readonly string[];
  readonly stderr: readonly string[];
  readonly tree: Tree;
}

/**
 * Programs of the launcher's tests, for all tests of a file, and the command line built: nothing else is on PATH, so that
 * what it lists of it is known.
 */
export function launcherPrograms(): () => ScriptedPrograms {
  let programs: ScriptedPrograms | undefined;
  beforeAll(async () => {
    await ensureBuilt();
    programs = await makeScriptedPrograms();
    await symlink(process.execPath, join(programs.folder, "node"));
    await symlink(await onPath("git"), join(programs.folder, "git"));
  });
  afterAll(() => programs?.remove());
  return () => {
    if (programs === undefined) throw new Error("the programs were asked for before they were made");
    return programs;
  };
}

/** The recorded runs by their names, for all tests of a file. */
export function recordedRuns(): (name: string) => RecordedRun {
  const runs = new Map<string, RecordedRun>();
  beforeAll(async () => {
    for (const run of await readRecordedRuns()) runs.set(run.name, run);
  });
  return (name) => {
    const run = runs.get(name);
    if (run === undefined) throw new Error(`there is no recorded run ${name}`);
    return run;
  };
}

async function onPath(program: string): Promise<string> {
  for (const folder of (process.env["PATH"] ?? "").split(delimiter)) {
    const path = join(folder, program);
    if (
      await access(path, constants.X_OK).then(
        () => true,
        () => false,
      )
    )
      return path;
  }
  throw new Error(`there is no ${program} on PATH`);
}

/** A project laid out for the launcher, with a fake of both APIs; removed by `close`. */
export interface LauncherProject {
  readonly root: string;
  readonly environment: Readonly<Record<string, string | null>>;
  /** Runs `gatehouse tos` on it to the end. */
  launch(args: readonly string[]): Promise<Launched>;
  /** Runs `gatehouse tos-rollback` on it to the end. */
  settle(command: string, args: readonly string[]): Promise<Launched>;
  close(): Promise<void>;
}

export async function openLauncherProject(
  script: RunScript,
  programs: ScriptedPrograms,
): Promise<LauncherProject> {
  const folder = await mkdtemp(join(await realpath(tmpdir()), "gatehouse-test-"));
  const apis = await startFakeApis(script.replies ?? []);
  const root = join(folder, "project");
  await layOut(root, script, programs);
  await writeFile(join(folder, "shell.json"), JSON.stringify(script.shell ?? []));
  const environment = {
    PATH: programs.folder,
    HOME: folder,
    TOS_SCRIPTED_SHELL: folder,
    OPENAI_BASE_URL: apis.openaiBaseUrl,
    ANTHROPIC_BASE_URL: apis.anthropicBaseUrl,
    ...testKeys,
    ...script.environment,
  };
  const comparable = (text: string): string[] =>
    text === ""
      ? []
      : comparableLines(text.replace(/\n$/, "").split("\n"), { root, python: programs.python });
  const run = async (args: readonly string[]): Promise<Launched> => {
    const { exitCode, stdout, stderr } = await startGatehouse(args, environment);
    return {
      root,
      exitCode,
      stdout: comparable(stdout),
      stderr: comparable(stderr),
      tree: await readTree(root),
    };
  };
  return {
    root,
    environment,
    launch: (args) => run(["tos", "-Root", root, ...args]),
    settle: (command, args) => run(["tos-rollback", command, "--root", root, ...args]),
    async close() {
      await apis.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Lays a project out, launches the built command line in it as one process, and looks at what it left. */
export async function launchScript(
  script: RunScript,
  programs: ScriptedPrograms,
  args: readonly string[],
  prepare: (root: string) => Promise<unknown> = async () => undefined,
): Promise<Launched> {
  const project = await openLauncherProject(script, programs);
  try {
    await prepare(project.root);
    return await project.launch(args);
  } finally {
    await project.close();
  }
}

/** Starts a launch of a project; `detached`: as the leader of a group, as a terminal starts it. */
export function startLauncher(
  root: string,
  args: readonly string[],
  environment: Readonly<Record<string, string | null>>,
  detached = false,
) {
  return startGatehouse(["tos", "-Root", root, ...args], environment, detached);
}

/** Starts the command line, which must have been built; a null takes the variable away. */
function startGatehouse(
  args: readonly string[],
  environment: Readonly<Record<string, string | null>>,
  detached = false,
) {
  const cli = join(projectRoot, "out", "main", "cli.js");
  const given = Object.entries(environment).flatMap(([name, value]) =>
    value === null ? [] : [[name, value] as const],
  );
  return execa(process.execPath, [cli, ...args], {
    env: Object.fromEntries(given),
    extendEnv: false,
    reject: false,
    stripFinalNewline: false,
    timeout: waitMs,
    detached,
  });
}

const projectFolders = [
  "workspace/generated",
  "workspace/results",
  "workspace/artifacts",
  "logs/steps",
  "tools",
];

/** What the launcher prints of a project before the orchestrator begins: head, cleanup and init (launcher.md §2, §8). */
export function openingLines(script: RunScript, mode: string, cleans = false): string[] {
  const files = [...(script.files?.keys() ?? [])];
  const created = projectFolders.filter((name) => !files.some((path) => path.startsWith(`${name}/`)));
  const file = (name: string, there: boolean): string => `${there ? "Found" : "Missing"} file <BASE>/${name}`;
  return [
    ...["TOS cc_run start", "Root <BASE>", `Mode ${mode}`],
    ...(cleans ? ["cleanup start", "cleanup done"] : []),
    ...["TOS init start", "Root <BASE>", ...created.map((name) => `Created dir <BASE>/${name}`)],
    file("config_v0_3.json", script.config !== null),
    file("orchestrator_v0_3.py", false),
    file("tos_python_path.txt", script.pythonPath !== null),
    ...["where python results", "  <PYTHON>"],
    ...["tos_python_path.txt <PYTHON>", "tos python version Python <VER>"],
    ...["API keys OK", "TOS init done", "Python <PYTHON>"],
  ];
}
