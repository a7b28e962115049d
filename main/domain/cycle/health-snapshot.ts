import type { HealthSnapshot } from "#contract/health";
import { unsigned64, type FieldReader } from "../decode";
import type { CycleCounters } from "./definition";

const healthKeys = [
  "updated_unix_ms",
  "cycle_duration_ms",
  "queue_depth",
  "active_runs",
  "failure_streak",
  "last_cycle_discovered",
  "last_cycle_processed",
  "last_cycle_completed",
  "last_cycle_failed",
  "last_cycle_duplicates",
] as const satisfies readonly (keyof HealthSnapshot)[];

/** Reads the health object of a state file; every key is optional and defaults to 0 (spec/tau/health.md §1). */
export function decodeHealth(reader: FieldReader): HealthSnapshot {
  const entries = healthKeys.map((key) => [key, reader.integer(key, unsigned64, 0)] as const);
  return Object.fromEntries(entries) as HealthSnapshot;
}

export const emptyHealth = Object.fromEntries(healthKeys.map((key) => [key, 0])) as HealthSnapshot;

/** The snapshot one cycle leaves, keys in file order; times in milliseconds (spec/tau/health.md §1). */
export function cycleHealth(
  counters: CycleCounters,
  previousStreak: number,
  updatedUnixMs: number,
  durationMs: number,
): HealthSnapshot {
  const completed = counters.applied_cases + counters.malformed_cases;
  return {
    updated_unix_ms: updatedUnixMs,
    cycle_duration_ms: durationMs,
    queue_depth: Math.max(0, counters.discovered_cases - counters.queued_cases),
    active_runs: 0,
    failure_streak: counters.failed_cases > 0 ? previousStreak + 1 : 0,
    last_cycle_discovered: counters.discovered_cases,
    last_cycle_processed: completed + counters.failed_cases + counters.duplicate_skips,
    last_cycle_completed: completed,
    last_cycle_failed: counters.failed_cases,
    last_cycle_duplicates: counters.duplicate_skips,
  };
}
