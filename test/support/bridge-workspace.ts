import { appendFile, mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { SurfaceId } from "#contract/identity";

/** A real workspace for bridge tests: four surfaces are observed, one runs a program that prints. */
export interface BridgeWorkspace {
  readonly path: string;
  /** Appends complete cycles to a surface's event log, in one write. */
  appendCycles(surface: SurfaceId, count: number): Promise<void>;
  remove(): Promise<void>;
}

/** Lines that the custom command's program prints. */
export const printedLines = 25;

/** One cycle of the voice surface as its runner logs it (spec/tau/surfaces.md §5). */
export function cycleLine(cycle: number): string {
  return `${JSON.stringify({
    timestamp_unix_ms: 1_771_000_000_000 + cycle,
    health_state: "healthy",
    health_reason: "no recent transport failures observed",
    reason_codes: ["turns_handled"],
    discovered_cases: 1,
    queued_cases: 1,
    applied_cases: 1,
    duplicate_skips: 0,
    malformed_cases: 0,
    retryable_failures: 0,
    retry_attempts: 0,
    failed_cases: 0,
    wake_word_detections: 0,
    handled_turns: 1,
    backlog_cases: 0,
    failure_streak: 0,
  })}\n`;
}

export async function createBridgeWorkspace(): Promise<BridgeWorkspace> {
  const path = await mkdtemp(join(await realpath(tmpdir()), "gatehouse-bridge-"));
  await mkdir(join(path, ".gatehouse"));
  const printing = `for (let n = 1; n <= ${printedLines}; n++) console.log("line " + n)`;
  await writeFile(
    join(path, ".gatehouse/settings.json"),
    JSON.stringify({
      schemaVersion: 1,
      name: "Bridge",
      surfaces: {
        "custom-command": {
          driver: "command",
          program: process.execPath,
          args: ["-e", printing],
          autoStart: false,
        },
      },
    }),
  );
  let cycle = 0;
  return {
    path,
    async appendCycles(surface, count) {
      await mkdir(join(path, ".tau", surface), { recursive: true });
      const lines = Array.from({ length: count }, () => cycleLine((cycle += 1))).join("");
      await appendFile(join(path, ".tau", surface, "runtime-events.jsonl"), lines);
    },
    remove: () => rm(path, { recursive: true, force: true, maxRetries: 5 }),
  };
}
