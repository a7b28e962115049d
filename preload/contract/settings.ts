import { z } from "./schema";
import { surfaceIds } from "./identity";

/** Current schema of the workspace settings file. */
export const settingsSchemaVersion = 1;

/** Cycle limits an embedded runner takes, with the reference's defaults (spec/tau/surfaces.md §3). */
export const runnerLimitsSchema = z.strictObject({
  queueLimit: z.number().int().min(1).max(100_000).default(64),
  processedCaseCap: z.number().int().min(1).max(1_000_000).default(10_000),
  retryMaxAttempts: z.number().int().min(1).max(100).default(4),
  retryBaseDelayMs: z.number().int().min(0).max(60_000).default(0),
});
export type RunnerLimits = z.infer<typeof runnerLimitsSchema>;

const intervalSchema = z.number().int().min(1_000).max(86_400_000);
const timeoutSchema = z.number().int().min(100).max(3_600_000).default(60_000);
const staleAfterSchema = z
  .number()
  .int()
  .min(1_000)
  .max(7 * 86_400_000);
const pathSchema = z.string().min(1);

const common = {
  /** Directory with the surface's `state.json`, relative to the workspace. Default `.tau/<surface>`. */
  stateDir: pathSchema.optional(),
  /** Age past which figures count as stale. Default: three intervals for a driver that runs, 15 minutes for `observe`. */
  staleAfterMs: staleAfterSchema.optional(),
};

const running = {
  ...common,
  intervalMs: intervalSchema.default(15_000),
  timeoutMs: timeoutSchema,
  autoStart: z.boolean().default(true),
};

/** Gatehouse runs the surface's cycle itself, in a process of its own, with fixtures taken in turn. */
export const embeddedDriverSchema = z.strictObject({
  driver: z.literal("embedded"),
  ...running,
  /** One fixture, or several played in order, relative to the workspace. `@cycle@` inside a fixture becomes the cycle's number, `@slot@` its last two digits. */
  fixture: z.union([pathSchema, z.array(pathSchema).min(1)]),
  /** `live` is for browser automation only: a real browser through the executor protocol (spec/tau/live-run.md §4). */
  runner: z.enum(["contract", "live"]).default("contract"),
  limits: runnerLimitsSchema.prefault({}),
});

/** A configured program is run on an interval; what it writes is watched. */
export const commandDriverSchema = z.strictObject({
  driver: z.literal("command"),
  ...running,
  program: z.string().min(1),
  args: z.array(z.string()).default([]),
  /** Working directory, relative to the workspace. */
  cwd: pathSchema.default("."),
  env: z.record(z.string(), z.string()).default({}),
});

/** Another process writes the files; Gatehouse only reads them. */
export const observeDriverSchema = z.strictObject({ driver: z.literal("observe"), ...common });

export const surfaceSettingsSchema = z.discriminatedUnion("driver", [
  embeddedDriverSchema,
  commandDriverSchema,
  observeDriverSchema,
]);
export type SurfaceSettings = z.infer<typeof surfaceSettingsSchema>;

/**
 * `.gatehouse/settings.json` of a workspace. A surface that is not named is observed in `.tau/<surface>`;
 * an unknown key anywhere is an error that names it.
 */
export const workspaceSettingsSchema = z.strictObject({
  schemaVersion: z.literal(settingsSchemaVersion),
  name: z.string().trim().min(1).max(120).optional(),
  surfaces: z.strictObject(
    Object.fromEntries(surfaceIds.map((surface) => [surface, surfaceSettingsSchema.optional()])) as Record<
      (typeof surfaceIds)[number],
      z.ZodOptional<typeof surfaceSettingsSchema>
    >,
  ),
  /** The TOS project, relative to the workspace (seed 004). */
  tosRoot: pathSchema.default("."),
  /** Summary of the browser live run, relative to the workspace (seed 003). */
  browserLiveSummary: pathSchema.default(".tau/demo-browser-automation-live/browser-live-summary.json"),
});
export type WorkspaceSettings = z.infer<typeof workspaceSettingsSchema>;
