import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { z } from "zod";
import type { SurfaceId } from "#contract/identity";
import { endGroup } from "../system/process-group";
import { processStartTime } from "../system/process-identity";

const runFileSchema = z.strictObject({ pid: z.number().int().positive(), startTime: z.string() });

/** Remembers the program under way, so that one that outlived a killed console is ended before the next is started. */
export interface LeftoverRun {
  remember(pid: number): void;
  forget(): void;
  /** Ends what an earlier life of the console left running, if anything. */
  endLeftover(): Promise<void>;
}

/** Kept in `.gatehouse/drivers/<surface>.run.json`. Where the system does not tell when a process started, nothing is kept. */
export function createLeftoverRun(workspacePath: string, surface: SurfaceId): LeftoverRun {
  const path = join(workspacePath, ".gatehouse", "drivers", `${surface}.run.json`);

  function forget(): void {
    try {
      rmSync(path, { force: true });
    } catch {
      // What stays behind names a process that is gone, and is told apart by its start time.
    }
  }
  function remembered(): z.infer<typeof runFileSchema> | null {
    try {
      return runFileSchema.parse(JSON.parse(readFileSync(path, "utf8")));
    } catch {
      // No file, or half a file: nothing that could be ended safely.
      return null;
    }
  }
  return {
    remember(pid) {
      const startTime = processStartTime(pid);
      if (startTime === null) return;
      try {
        mkdirSync(dirname(path), { recursive: true });
        writeFileSync(path, JSON.stringify({ pid, startTime }));
      } catch {
        // A full disk must not cut a run off from its driver; only this safeguard is lost.
      }
    },
    forget,
    async endLeftover() {
      const left = remembered();
      if (left !== null) await endGroup(left);
      forget();
    },
  };
}
