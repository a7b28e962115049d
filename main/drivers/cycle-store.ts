import { readFile, rename } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { SurfaceId } from "#contract/identity";
import type { Clock } from "#domain/clock";
import { writeDurable } from "../system/write-durable";

const cycleFileSchema = z.strictObject({
  schemaVersion: z.literal(1),
  surface: z.string(),
  /** Number of the newest cycle begun. */
  cycle: z.number().int().nonnegative(),
  /** Place in the playlist of the next scheduled fixture. */
  position: z.number().int().nonnegative(),
});
type CycleFile = z.infer<typeof cycleFileSchema>;

/** Numbers the cycles of one surface. */
export interface CycleStore {
  /** Folder of the surface's driver files. */
  readonly directory: string;
  /**
   * The next cycle's number, never given before, on disk before it is returned. `advance` also moves the playlist
   * on. Rejects with the system's error when it cannot be written: a cycle without a number of its own must not run.
   */
  next(advance: boolean): Promise<{ cycle: number; position: number }>;
}

async function read(path: string, surface: SurfaceId, clock: Clock): Promise<CycleFile> {
  const fresh = { schemaVersion: 1 as const, surface, cycle: 0, position: 0 };
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return fresh;
    throw error;
  }
  try {
    return cycleFileSchema.parse(JSON.parse(text));
  } catch {
    // Starting at 1 again would repeat case ids. Cycles are at least a second apart (preload/contract/settings.ts),
    // so the seconds since the epoch are beyond every number that was ever given.
    await rename(path, `${path}.${clock.nowUnixMs()}.corrupt`);
    return { ...fresh, cycle: Math.floor(clock.nowUnixMs() / 1_000) };
  }
}

/** The cycle numbers of a surface, kept in `.gatehouse/drivers/<surface>.json` (unique case ids: spec/tau/rollout.md §7, row 20). */
export function createCycleStore(workspacePath: string, surface: SurfaceId, clock: Clock): CycleStore {
  const drivers = join(workspacePath, ".gatehouse", "drivers");
  const path = join(drivers, `${surface}.json`);
  return {
    directory: join(drivers, surface),
    async next(advance) {
      const before = await read(path, surface, clock);
      const after = { ...before, cycle: before.cycle + 1, position: before.position + (advance ? 1 : 0) };
      await writeDurable(path, `${JSON.stringify(after)}\n`);
      return { cycle: after.cycle, position: before.position };
    },
  };
}
