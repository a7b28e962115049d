import { z } from "./schema";
import { countSchema } from "./identity";

/**
 * The health object of every surface's `state.json`, keys in file order (spec/tau/health.md §1).
 * Every key is optional on read and defaults to 0; an explicit `null` is an error.
 */
export const healthSnapshotSchema = z.object({
  updated_unix_ms: countSchema.default(0),
  cycle_duration_ms: countSchema.default(0),
  queue_depth: countSchema.default(0),
  active_runs: countSchema.default(0),
  failure_streak: countSchema.default(0),
  last_cycle_discovered: countSchema.default(0),
  last_cycle_processed: countSchema.default(0),
  last_cycle_completed: countSchema.default(0),
  last_cycle_failed: countSchema.default(0),
  last_cycle_duplicates: countSchema.default(0),
});
export type HealthSnapshot = z.infer<typeof healthSnapshotSchema>;
