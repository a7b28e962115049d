import type { NotedProcess } from "#domain/tos/runs/left-running";
import { isSameProcessAlive } from "../../system/process-identity";

const graceMs = 2_000;
const lookEveryMs = 20;

/**
 * Ends a process with all that it started, when it can be told from a later one of the same number: first by asking,
 * then by force. Resolves when it is gone or was left alone.
 */
export async function endGroup({ pid, startTime }: NotedProcess): Promise<void> {
  const lives = () => startTime !== null && isSameProcessAlive(pid, startTime);
  if (!lives()) return;
  signal(pid, "SIGTERM");
  for (let waited = 0; waited < graceMs && lives(); waited += lookEveryMs)
    await new Promise((done) => setTimeout(done, lookEveryMs));
  if (lives()) signal(pid, "SIGKILL");
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(-pid, name);
  } catch {
    // It ended meanwhile, or is no leader of a group.
  }
}
