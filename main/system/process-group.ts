import { setTimeout as wait } from "node:timers/promises";
import type { Options } from "execa";
import { isSameProcessAlive } from "./process-identity";

/** Time a program has to end by itself after it was asked to, in milliseconds. */
export const graceMs = 2_000;

const lookEveryMs = 20;

/**
 * How a program is started in a process group of its own (on POSIX), so that its children can be ended with it: its input
 * closed, its output to be read as it comes, and no environment but the one given.
 */
export function inOwnGroup(directory: string, environment: Readonly<Record<string, string>>) {
  return {
    cwd: directory,
    env: environment,
    extendEnv: false,
    stdin: "ignore",
    stdout: "pipe",
    stderr: "pipe",
    buffer: false,
    reject: false,
    detached: process.platform !== "win32",
    windowsHide: true,
  } as const satisfies Options;
}

/** Sends a signal to a whole process group; false when nothing of it is left. */
export function signalGroup(pid: number, signal: NodeJS.Signals): boolean {
  try {
    // Windows has no process groups: there the program alone is ended.
    process.kill(process.platform === "win32" ? pid : -pid, signal);
    return true;
  } catch {
    return false;
  }
}

/**
 * Ends a process with all that it started, when it can be told from a later one of the same number: first by asking,
 * then by force. Resolves when it is gone or was left alone.
 */
export async function endGroup(noted: {
  readonly pid: number;
  readonly startTime: string | null;
}): Promise<void> {
  const { pid, startTime } = noted;
  const lives = (): boolean => startTime !== null && isSameProcessAlive(pid, startTime);
  if (!lives()) return;
  signalGroup(pid, "SIGTERM");
  for (let waited = 0; waited < graceMs && lives(); waited += lookEveryMs) await wait(lookEveryMs);
  if (lives()) signalGroup(pid, "SIGKILL");
}
