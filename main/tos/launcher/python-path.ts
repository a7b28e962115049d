import { readFile, stat } from "node:fs/promises";
import { delimiter, join, resolve } from "node:path";
import { environmentWithoutKeys } from "../keys";
import { runCommand } from "../orchestrator/run-command";
import type { Environment } from "./operation";

/** Longest an interpreter may take to say its version, in milliseconds, as in the orchestrator (orchestrator.md §5). */
const versionLimitMs = 10_000;

/** Names the interpreter, relative to the root; used for nothing but the checks of the reference. */
export const pythonPathFile = "tos_python_path.txt";

/** First line of `tos_python_path.txt`, trimmed, a byte order mark taken off; null when there is no file. Rejects with the system's error. */
export async function readPythonPath(root: string): Promise<string | null> {
  try {
    const [first = ""] = (await readFile(join(root, pythonPathFile), "utf8")).split(/\r?\n/, 1);
    return first.replace(/^\uFEFF/, "").trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}

/** Whether something is at a path, as `Test-Path` says it; a relative one counts from the root. */
export async function isThere(root: string, path: string): Promise<boolean> {
  if (path === "") return false;
  try {
    await stat(resolve(root, path));
    return true;
  } catch {
    return false;
  }
}

/** What an interpreter answers to `--version`; null when it does not answer. It never sees the API keys. */
export async function pythonVersion(
  root: string,
  path: string,
  environment: Environment,
): Promise<string | null> {
  const { end } = await runCommand(
    {
      programs: [path],
      args: ["--version"],
      directory: root,
      environment: environmentWithoutKeys(environment),
      timeoutMs: versionLimitMs,
      encodings: ["utf-8"],
    },
    new AbortController().signal,
    { started: () => undefined, output: () => undefined },
  );
  return end.kind === "exited" && end.returnCode === 0 ? end.stdout.trim() : null;
}

/** Every `python` on PATH, in its order, as `where python` lists them. */
export async function pythonsOnPath(root: string, environment: Environment): Promise<string[]> {
  const names = process.platform === "win32" ? ["python.exe", "python.bat", "python.cmd"] : ["python"];
  const folders = (environment["PATH"] ?? environment["Path"] ?? "").split(delimiter).filter(Boolean);
  const candidates = folders.flatMap((folder) => names.map((name) => join(folder, name)));
  const there = await Promise.all(candidates.map((path) => isThere(root, path)));
  return [...new Set(candidates.filter((_, index) => there[index]))];
}
