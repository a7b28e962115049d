import { onTestFinished, vi } from "vitest";
import type { SurfaceReading } from "#contract/reading";
import { systemClock } from "../../../main/system/clock";
import type { SurfaceWatcher } from "../../../main/host/ports";
import { createSurfaceWatcher, type SurfaceWatcherOptions } from "../../../main/watch/surface-watcher";
import { LogFollower } from "../../../main/watch/log-follower";
import { waitMs } from "../../support/limits";

/** Starts a watcher on a state directory; it stops when the test ends. */
export async function startWatcher(
  stateDir: string,
  change: Partial<SurfaceWatcherOptions> = {},
): Promise<SurfaceWatcher> {
  const watcher = createSurfaceWatcher({
    surface: "voice",
    workspacePath: stateDir,
    stateDir,
    staleAfterMs: 900_000,
    live: null,
    clock: systemClock,
    ...change,
  });
  onTestFinished(() => watcher.stop());
  await watcher.start();
  return watcher;
}

/** Waits until a reading is as wanted; says what it was when it never is. */
export function until(
  watcher: SurfaceWatcher,
  wanted: (reading: SurfaceReading) => boolean,
): Promise<SurfaceReading> {
  return vi.waitFor(
    () => {
      const reading = watcher.reading();
      if (!wanted(reading)) throw new Error(`still waiting; the reading is ${JSON.stringify(reading)}`);
      return reading;
    },
    { timeout: waitMs, interval: 5 },
  );
}

export const newFollower = (path: string): LogFollower =>
  new LogFollower(path, "log", systemClock, () => undefined);

/** All a fold holds that two foldings of the same file must agree on. */
export function foldedContent({ fold, bytes, position }: LogFollower) {
  return {
    bytes,
    position,
    lines: fold.lines,
    cycles: fold.cycles,
    invalidLines: fold.invalidLines,
    firstInvalid: fold.firstInvalid,
    lastInvalid: fold.lastInvalid,
    firstNotUtf8: fold.firstNotUtf8,
    lastReasonCodes: fold.lastReasonCodes,
    lastHealthReason: fold.lastHealthReason,
    lastCycle: fold.lastCycle,
    lastCycleRecord: fold.lastCycleRecord,
    counts: fold.reasonCodeCounts(),
    places: Array.from({ length: fold.lines }, (_, at) => {
      const line = fold.index.at(at + 1);
      return line === null ? null : [line.byteOffset, line.bytes, line.state, line.timestampUnixMs];
    }),
    history: fold.history.points(50),
  };
}

let written = 0;

/** One event line, no two alike. */
export function eventLine(fields: object = {}): string {
  written += 1;
  return `${JSON.stringify({
    timestamp_unix_ms: Date.now(),
    health_state: "healthy",
    health_reason: `cycle ${written}`,
    reason_codes: ["turns_handled"],
    discovered_cases: 3,
    applied_cases: 3,
    failed_cases: 0,
    failure_streak: 0,
    ...fields,
  })}\n`;
}

/** Text of a state file. */
export function stateText(health: object = {}, fields: object = {}): string {
  return JSON.stringify(
    {
      schema_version: 1,
      processed_case_keys: ["a", "b"],
      health: { updated_unix_ms: Date.now(), ...health },
      ...fields,
    },
    null,
    2,
  );
}
