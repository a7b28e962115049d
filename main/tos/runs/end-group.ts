import { setTimeout as wait } from "node:timers/promises";
import type { NotedProcess } from "#domain/tos/runs/left-running";
import { graceMs, signalGroup } from "../../drivers/process";
import { isSameProcessAlive } from "../../system/process-identity";

const lookEveryMs = 20;

/**
 * Ends a process with all that it started, when it can be told from a later one of the same number: first by asking,
 * then by force. Resolves when it is gone or was left alone.
 */
export async function endGroup({ pid, startTime }: NotedProcess): Promise<void> {
  const lives = (): boolean => startTime !== null && isSameProcessAlive(pid, startTime);
  if (!lives()) return;
  signalGroup(pid, "SIGTERM");
  for (let waited = 0; waited < graceMs && lives(); waited += lookEveryMs) await wait(lookEveryMs);
  if (lives()) signalGroup(pid, "SIGKILL");
}
