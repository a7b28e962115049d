import { z } from "./schema";
import { countSchema, surfaceIdSchema, unixMillisecondsSchema } from "./identity";
import { runnerLimitsSchema } from "./settings";

export const runOutcomes = [
  "running",
  "succeeded",
  "failed",
  "timed-out",
  "cancelled",
  "not-started",
] as const;

/** One line a run printed. */
export const outputLineSchema = z.object({
  number: countSchema,
  stream: z.enum(["stdout", "stderr"]),
  text: z.string(),
  unixMs: unixMillisecondsSchema,
});
export type OutputLine = z.infer<typeof outputLineSchema>;

/** One run of a surface's driver: a cycle of the embedded runner, or of the configured program. */
export const runViewSchema = z.object({
  runId: z.string(),
  surface: surfaceIdSchema,
  trigger: z.enum(["schedule", "operator"]),
  startedUnixMs: unixMillisecondsSchema,
  finishedUnixMs: unixMillisecondsSchema.nullable(),
  durationMs: countSchema.nullable(),
  outcome: z.enum(runOutcomes),
  exitCode: z.number().int().nullable(),
  signal: z.string().nullable(),
  /** What was run, quoted so that it can be pasted into a shell. */
  commandLine: z.string(),
  fixture: z.string().nullable(),
  /** Why it did not succeed; empty otherwise. */
  detail: z.string(),
  outputLines: countSchema,
  /** Bytes dropped because the run printed more than is kept. */
  droppedBytes: countSchema,
});
export type RunView = z.infer<typeof runViewSchema>;

/** What drives a surface, and what it is doing. */
export const driverViewSchema = z.object({
  kind: z.enum(["embedded", "command", "observe"]),
  /** `scheduled`: waits for its next run. `stopped`: an operator stopped it, or it never started. `observing`: nothing to run. */
  state: z.enum(["running", "scheduled", "stopped", "observing"]),
  intervalMs: countSchema.nullable(),
  nextRunUnixMs: unixMillisecondsSchema.nullable(),
  stateDir: z.string(),
  runner: z.enum(["contract", "live"]).nullable(),
  fixtures: z.array(z.string()),
  limits: runnerLimitsSchema.nullable(),
  timeoutMs: countSchema.nullable(),
  commandLine: z.string().nullable(),
  current: runViewSchema.nullable(),
  last: runViewSchema.nullable(),
  runs: countSchema,
  failedRuns: countSchema,
});
export type DriverView = z.infer<typeof driverViewSchema>;

/** A fixture an operator may pick, already validated for its surface. */
export const fixtureChoiceSchema = z.object({
  path: z.string(),
  name: z.string(),
  description: z.string(),
  cases: countSchema,
  /** Why it cannot be used; null when it can. */
  error: z.string().nullable(),
});
export type FixtureChoice = z.infer<typeof fixtureChoiceSchema>;
