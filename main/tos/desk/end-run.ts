import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { leftRunning } from "#domain/tos/runs/left-running";
import { progressFileOf } from "#domain/tos/runs/run-files";
import { endGroup, signalGroup } from "../../system/process-group";
import { isSameProcessAlive } from "../../system/process-identity";
import { readProgress } from "../runs/progress-file";

const lookEveryMs = 100;

/**
 * Waits for a run that was asked to end, and ends it by force when it has not after `withinMs` milliseconds, together with
 * the command it had begun. Only for a run that may be ended anywhere: what it writes is whole at every moment. Never rejects.
 */
export async function endRun(root: string, runId: string, withinMs: number): Promise<void> {
  try {
    const path = join(root, progressFileOf(runId));
    const started = (await readProgress(path, 0))
      .map(({ event }) => event)
      .find(({ kind }) => kind === "started");
    if (started?.kind !== "started") return;
    const { pid, startTime } = started;
    for (let waited = 0; isSameProcessAlive(pid, startTime); waited += lookEveryMs) {
      if (waited >= withinMs) {
        const left = leftRunning(await readProgress(path, 0));
        if (!signalGroup(pid, "SIGKILL")) process.kill(pid, "SIGKILL");
        if (left !== null) await endGroup(left);
        return;
      }
      await wait(lookEveryMs, undefined, { ref: false });
    }
  } catch {
    // It ended by itself in the same moment, or its progress is gone; its lock is taken over by the next run either way.
  }
}
