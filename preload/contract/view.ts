import { z } from "./schema";
import { driverViewSchema } from "./driver";
import { countSchema, surfaceIdSchema, unixMillisecondsSchema } from "./identity";
import { recordReferenceSchema, surfaceReadingSchema } from "./reading";
import { rolloutViewSchema } from "./rollout/view";
import { tosStateSchema } from "./tos/view";

/** One row of a seed's symptom → action table, and whether what is observed matches it. */
export const troubleshootingEntrySchema = z.object({
  id: z.string(),
  surface: surfaceIdSchema,
  symptom: z.string(),
  action: z.string(),
  /** Where the row stands, for example `seed 002, Troubleshooting`. */
  source: z.string(),
  matched: z.boolean(),
  /** What matches it, in words; empty when not matched. */
  observed: z.string(),
  record: recordReferenceSchema.nullable(),
});
export type TroubleshootingEntry = z.infer<typeof troubleshootingEntrySchema>;

export const surfaceViewSchema = z.object({
  reading: surfaceReadingSchema,
  driver: driverViewSchema,
  troubleshooting: z.array(troubleshootingEntrySchema),
});
export type SurfaceView = z.infer<typeof surfaceViewSchema>;

export const workspaceViewSchema = z.object({
  name: z.string(),
  path: z.string(),
  settingsPath: z.string(),
  demo: z.boolean(),
  /** Mistakes in the settings file; while there are any, the last good settings (or the defaults) stay in force. */
  settingsErrors: z.array(z.string()),
});
export type WorkspaceView = z.infer<typeof workspaceViewSchema>;

/** The rollout this console works on: the one that runs, else the newest; null before the first. */
export const rolloutStateSchema = z.object({ latest: rolloutViewSchema.nullable() });
export type RolloutStateView = z.infer<typeof rolloutStateSchema>;

/** Everything a window needs to draw itself, consistent as of `sequence`: later events apply on top. */
export const consoleSnapshotSchema = z.object({
  sequence: countSchema,
  nowUnixMs: unixMillisecondsSchema,
  version: z.string(),
  workspace: workspaceViewSchema,
  surfaces: z.array(surfaceViewSchema),
  rollout: rolloutStateSchema,
  tos: tosStateSchema,
});
export type ConsoleSnapshot = z.infer<typeof consoleSnapshotSchema>;
