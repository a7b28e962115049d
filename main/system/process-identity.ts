import { readFileSync } from "node:fs";

/** When a process started, in clock ticks since boot; null where `/proc` does not tell. Tells a reused process id apart. */
export function processStartTime(pid: number): string | null {
  return processStatus(pid)?.startTime ?? null;
}

/** Whether a process runs. One that has ended but was not collected by its parent yet does not. */
export function isProcessAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it runs, but belongs to somebody else.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
  const state = processStatus(pid)?.state;
  return state !== "Z" && state !== "X";
}

/** Whether the process that was noted with its start time still runs; by its number alone where the time is not known. */
export function isSameProcessAlive(pid: number, startTime: string | null): boolean {
  return isProcessAlive(pid) && (startTime === null || processStartTime(pid) === startTime);
}

function processStatus(pid: number): { readonly state: string; readonly startTime: string } | null {
  let text: string;
  try {
    text = readFileSync(`/proc/${pid}/stat`, "latin1");
  } catch {
    return null;
  }
  // The command name in parentheses may hold anything, so fields are counted from its last closing one.
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  const [state, startTime] = [fields[0], fields[19]];
  return state === undefined || startTime === undefined ? null : { state, startTime };
}
