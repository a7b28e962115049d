import { mkdtemp, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { projectRoot } from "../../../resources/setup/project.mjs";
import { ensureBuilt } from "../build";
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

/** What a process of the launcher left. */
export interface Launched {
  readonly root: string;
  readonly exitCode: number | undefined;
  /** With `<BASE>` for the project and `<PYTHON>` for the interpreter. */
  readonly stdout: readonly string[];
  readonly stderr: readonly string[];
  readonly tree: Tree;
}

/** Builds the command line, and makes the programs of the launcher's tests: nothing else is on PATH, so that what it lists of it is known. */
export async function makeLauncherPrograms(): Promise<ScriptedPrograms> {
  await ensureBuilt();
  const programs = await makeScriptedPrograms();
  await symlink(process.execPath, join(programs.folder, "node"));
  return programs;
}

/** A project laid out for the launcher, with a fake of both APIs; removed by `close`. */
export interface LauncherProject {
  readonly root: string;
  readonly environment: Readonly<Record<string, string | null>>;
  /** Runs a launch to its end. */
  launch(args: readonly string[]): Promise<Launched>;
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
  return {
    root,
    environment,
    async launch(args) {
      const { exitCode, stdout, stderr } = await startLauncher(root, args, environment);
      return {
        root,
        exitCode,
        stdout: comparable(stdout),
        stderr: comparable(stderr),
        tree: await readTree(root),
      };
    },
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

/** Starts the built command line on a project, which must have been built; a null takes the variable away. */
export function startLauncher(
  root: string,
  args: readonly string[],
  environment: Readonly<Record<string, string | null>>,
) {
  const cli = join(projectRoot, "out", "main", "cli.js");
  const given = Object.entries(environment).flatMap(([name, value]) =>
    value === null ? [] : [[name, value] as const],
  );
  return execa(process.execPath, [cli, "tos", "-Root", root, ...args], {
    env: Object.fromEntries(given),
    extendEnv: false,
    reject: false,
    stripFinalNewline: false,
    timeout: 30_000,
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
