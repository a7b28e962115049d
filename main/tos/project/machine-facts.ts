import { release, type } from "node:os";
import { execa } from "execa";
import type { MachineFacts } from "#domain/tos/view/failure-report";
import { environmentWithoutKeys } from "../keys";
import { pythonVersion, readPythonPath } from "../launcher/python-path";

type Environment = Readonly<Record<string, string | undefined>>;

/** Longest a program may take to say its version, in milliseconds. */
const versionLimitMs = 10_000;
const absent = "not found";

/** What a report says of the machine. Never rejects: a program that is not there is told as such. */
export async function machineFacts(root: string, environment: Environment): Promise<MachineFacts> {
  const [git, windowsPowershell, powershell, python] = await Promise.all([
    versionOf("git", ["--version"], root, environment),
    versionOf("powershell", powershellVersion, root, environment),
    versionOf("pwsh", powershellVersion, root, environment),
    interpreter(root, environment),
  ]);
  return {
    system: `${type()} ${release()}`,
    git: git ?? absent,
    powershell: windowsPowershell ?? powershell ?? absent,
    python: python ?? absent,
  };
}

const powershellVersion = ["-NoProfile", "-Command", "$PSVersionTable.PSVersion.ToString()"];

async function interpreter(root: string, environment: Environment): Promise<string | null> {
  const path = await readPythonPath(root).catch(() => null);
  return path === null || path === "" ? null : await pythonVersion(root, path, environment);
}

async function versionOf(
  program: string,
  args: readonly string[],
  root: string,
  environment: Environment,
): Promise<string | null> {
  try {
    const { stdout, failed } = await execa(program, args, {
      cwd: root,
      env: environmentWithoutKeys(environment),
      extendEnv: false,
      stdin: "ignore",
      stderr: "ignore",
      reject: false,
      timeout: versionLimitMs,
      killSignal: "SIGKILL",
      maxBuffer: 65_536,
      windowsHide: true,
    });
    return failed || stdout.trim() === "" ? null : (stdout.trim().split("\n", 1)[0] ?? null);
  } catch {
    return null;
  }
}
