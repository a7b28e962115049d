import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, rmSync, writeSync } from "node:fs";
import { dirname, join } from "node:path";
import type { SurfaceId } from "#contract/identity";

/** Remembers that an operator stopped a surface's driver, so that a restart of the console does not undo it. */
export interface StopMarker {
  isSet(): boolean;
  set(reason: string, unixMs: number): void;
  clear(): void;
}

/** The marker is the existence of `.gatehouse/drivers/<surface>.stopped.json`; its content tells why and since when. */
export function createStopMarker(workspacePath: string, surface: SurfaceId): StopMarker {
  const path = join(workspacePath, ".gatehouse", "drivers", `${surface}.stopped.json`);
  return {
    isSet: () => existsSync(path),
    set(reason, unixMs) {
      mkdirSync(dirname(path), { recursive: true });
      const descriptor = openSync(path, "w");
      try {
        writeSync(descriptor, `${JSON.stringify({ schemaVersion: 1, reason, unixMs })}\n`);
        fsyncSync(descriptor);
      } finally {
        closeSync(descriptor);
      }
    },
    clear: () => rmSync(path, { force: true }),
  };
}
