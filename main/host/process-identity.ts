import { readFile } from "node:fs/promises";

/**
 * When a process was started, in clock ticks since the machine booted (proc(5), `stat`, field 22); null where the
 * system does not say. Together with the number it tells a process from a later one that was given the same number.
 */
export async function processStartTicks(pid: number): Promise<number | null> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, "utf8");
    // The second field is the program's name in parentheses and may hold spaces and parentheses of its own.
    const ticks = Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19]);
    return Number.isSafeInteger(ticks) ? ticks : null;
  } catch {
    return null;
  }
}

/** Whether the process that was noted still runs. */
export async function isProcessAlive(pid: number, startTicks: number | null): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ESRCH") return false;
  }
  const ticks = await processStartTicks(pid);
  return ticks === null || startTicks === null || ticks === startTicks;
}
