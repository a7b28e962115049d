import { z } from "./schema";
import { driverViewSchema, fixtureChoiceSchema, outputLineSchema, runViewSchema } from "./driver";
import { countSchema, surfaceIdSchema, unixMillisecondsSchema } from "./identity";
import type { RequestName } from "./names";
import { cycleFiguresSchema, eventLogViewSchema } from "./reading";
import { candidateSchema, refusalSchema, rolloutCommandSchema, startRolloutSchema } from "./rollout/command";
import { timelineEntrySchema } from "./rollout/journal";
import { rolloutProfileSchema } from "./rollout/profile";
import { cellExplanationSchema } from "./rollout/verdict";
import { rolloutSummarySchema, rolloutViewSchema, trendPointSchema } from "./rollout/view";
import { ruleIdSchema } from "./rollout/vocabulary";
import { runnerLimitsSchema } from "./settings";
import { saveConfigSchema, commitNameSchema, tosLaunchSchema } from "./tos/command";
import { progressEntrySchema, tosRunViewSchema } from "./tos/progress";
import { rollbackPreviewSchema } from "./tos/repository";
import { stepDetailSchema, tosStateSchema } from "./tos/view";
import { consoleSnapshotSchema } from "./view";

const ofSurface = z.strictObject({ surface: surfaceIdSchema });

/** Which events of a log to show; an empty list means no restriction. Codes and states are combined with "any of". */
export const eventFilterSchema = z.strictObject({
  codes: z.array(z.string()).max(64).default([]),
  states: z.array(z.enum(["healthy", "degraded", "failing", "invalid"])).default([]),
  fromUnixMs: unixMillisecondsSchema.nullable().default(null),
  toUnixMs: unixMillisecondsSchema.nullable().default(null),
});
export type EventFilter = z.infer<typeof eventFilterSchema>;

/** One line of an event log. `cycle` is null exactly when the line is not a valid record; `problem` then says why. */
export const eventRowSchema = z.object({
  line: countSchema,
  byteOffset: countSchema,
  bytes: countSchema,
  cycle: cycleFiguresSchema.nullable(),
  problem: z.string(),
  /** The line's text, cut to 2,000 characters. */
  text: z.string(),
});
export type EventRow = z.infer<typeof eventRowSchema>;

/** Aggregate of consecutive cycles, for the charts: worst state and highest figures of the bucket. */
export const historyPointSchema = z.object({
  fromUnixMs: unixMillisecondsSchema,
  toUnixMs: unixMillisecondsSchema,
  cycles: countSchema,
  healthState: z.enum(["healthy", "degraded", "failing", "unknown"]),
  failureStreak: countSchema,
  applied: countSchema,
  malformed: countSchema,
  failed: countSchema,
  duplicates: countSchema,
  backlog: countSchema,
  retries: countSchema,
});
export type HistoryPoint = z.infer<typeof historyPointSchema>;

const ofRollout = z.strictObject({ rolloutId: z.string().min(1).max(100) });

/** What became of a command. A refusal is an answer, not an error: it comes with the state as it is now. */
const commandOutcomeSchema = z.object({
  outcome: z.enum(["done", "unchanged", "refused"]),
  /** What was done, or that it was so already; empty for a refusal. */
  message: z.string(),
  refusal: refusalSchema.nullable(),
  rollout: rolloutViewSchema.nullable(),
});
export type CommandOutcome = z.infer<typeof commandOutcomeSchema>;

/** Requests a client may make: one schema for what goes in, one for what comes out. Everything else derives from this map. */
export const requests = {
  "console.snapshot": { input: z.strictObject({}), output: consoleSnapshotSchema },

  /** The newest cycles, oldest first, in at most `maximumPoints` buckets. */
  "surface.history": {
    input: z.strictObject({
      surface: surfaceIdSchema,
      maximumPoints: z.number().int().min(1).max(1_000).default(240),
    }),
    output: z.object({ generation: countSchema, points: z.array(historyPointSchema) }),
  },

  /** A window of the log, newest first: `offset` 0 is the newest matching line. */
  "surface.events": {
    input: z.strictObject({
      surface: surfaceIdSchema,
      filter: eventFilterSchema.prefault({}),
      offset: countSchema,
      limit: z.number().int().min(1).max(500),
    }),
    output: z.object({
      generation: countSchema,
      /** Lines in the log when answered, and how many of the browsable ones match. */
      lines: countSchema,
      matching: countSchema,
      /** Oldest line that can still be browsed; older ones count in the totals only. */
      firstBrowsableLine: countSchema,
      rows: z.array(eventRowSchema),
    }),
  },

  /** One line in full (up to 1 MiB). */
  "surface.event": {
    input: z.strictObject({
      surface: surfaceIdSchema,
      generation: countSchema,
      line: z.number().int().min(1),
    }),
    output: eventRowSchema,
  },

  /** The state file as it is on disk (first 1 MiB). */
  "surface.state": {
    input: ofSurface,
    output: z.object({
      path: z.string(),
      bytes: countSchema,
      truncated: z.boolean(),
      modifiedUnixMs: unixMillisecondsSchema,
      readUnixMs: unixMillisecondsSchema,
      text: z.string(),
    }),
  },

  /** From now on, count reason codes since this moment as well as in total. */
  "surface.mark": { input: ofSurface, output: eventLogViewSchema },
  "surface.clearMark": { input: ofSurface, output: eventLogViewSchema },

  /** Channels of the surface's channel store (spec/tau/surfaces.md §6). */
  "channels.list": {
    input: ofSurface,
    output: z.object({
      root: z.string(),
      readUnixMs: unixMillisecondsSchema,
      channels: z.array(
        z.object({
          /** Directory below the store's root, for example `channels/voice/ops-1`. */
          directory: z.string(),
          transport: z.string(),
          channelId: z.string(),
          /** Why `schema.json` cannot be trusted; empty when it can. */
          problem: z.string(),
          files: z.array(
            z.object({ path: z.string(), bytes: countSchema, modifiedUnixMs: unixMillisecondsSchema }),
          ),
        }),
      ),
    }),
  },

  /** Part of one file of the channel store; `path` as `channels.list` gave it. */
  "channels.read": {
    input: z.strictObject({
      surface: surfaceIdSchema,
      path: z.string().min(1).max(4_096),
      offset: countSchema.default(0),
      limit: z.number().int().min(1).max(1_048_576).default(262_144),
    }),
    output: z.object({
      path: z.string(),
      bytes: countSchema,
      offset: countSchema,
      text: z.string(),
      readUnixMs: unixMillisecondsSchema,
    }),
  },

  "driver.fixtures": { input: ofSurface, output: z.object({ choices: z.array(fixtureChoiceSchema) }) },

  /** Runs one cycle now. `fixture` overrides the configured one for this run. Refused while a run is under way. */
  "driver.run": {
    input: z.strictObject({ surface: surfaceIdSchema, fixture: z.string().min(1).optional() }),
    output: runViewSchema,
  },
  /** Ends the run under way: asks first, kills after 2 s. */
  "driver.cancel": {
    input: z.strictObject({ surface: surfaceIdSchema, reason: z.string().trim().min(1).max(500) }),
    output: driverViewSchema,
  },
  "driver.start": { input: ofSurface, output: driverViewSchema },
  "driver.stop": {
    input: z.strictObject({ surface: surfaceIdSchema, reason: z.string().trim().min(1).max(500) }),
    output: driverViewSchema,
  },

  /** Changes an embedded driver's settings and writes them to the workspace's settings file. */
  "driver.configure": {
    input: z.strictObject({
      surface: surfaceIdSchema,
      fixtures: z.array(z.string().min(1)).min(1).optional(),
      intervalMs: z.number().int().min(1_000).max(86_400_000).optional(),
      limits: runnerLimitsSchema.optional(),
    }),
    output: driverViewSchema,
  },

  /** Lines of a run after `afterNumber`, as far as they are kept. */
  "driver.output": {
    input: z.strictObject({
      surface: surfaceIdSchema,
      runId: z.string().min(1),
      afterNumber: countSchema.default(0),
    }),
    output: z.object({ runId: z.string(), lines: z.array(outputLineSchema) }),
  },

  /** Profiles a rollout can be started with, and the candidate the workspace proposes (`.gatehouse/evidence/candidate.json`). */
  "rollout.profiles": {
    input: z.strictObject({}),
    output: z.object({
      profiles: z.array(z.object({ profile: rolloutProfileSchema, source: z.string() })),
      /** Profile files that cannot be used: the file, the field and what was expected. */
      problems: z.array(z.string()),
      candidate: candidateSchema.nullable(),
      candidateSource: z.string(),
    }),
  },

  "rollout.start": { input: startRolloutSchema, output: commandOutcomeSchema },
  "rollout.command": {
    input: z.strictObject({ command: rolloutCommandSchema }),
    output: commandOutcomeSchema,
  },

  "rollout.view": { input: ofRollout, output: rolloutViewSchema },

  /** Rollouts of the workspace, newest first. */
  "rollout.list": {
    input: z.strictObject({
      offset: countSchema.default(0),
      limit: z.number().int().min(1).max(2_000).default(2_000),
    }),
    output: z.object({ total: countSchema, rollouts: z.array(rolloutSummarySchema) }),
  },

  /** Entries of a journal, newest first, from the one before `beforeSequence` on (null: from the newest). */
  "rollout.timeline": {
    input: ofRollout.extend({
      beforeSequence: countSchema.nullable().default(null),
      limit: z.number().int().min(1).max(500).default(100),
      /** Without checks that changed nothing: what happened, not that it went on. */
      notableOnly: z.boolean().default(false),
    }),
    output: z.object({ total: countSchema, entries: z.array(timelineEntrySchema) }),
  },

  /** Why one rule said what it said in one check (null: the newest). */
  "rollout.evidence": {
    input: ofRollout.extend({
      check: countSchema.nullable().default(null),
      rule: ruleIdSchema,
      surface: surfaceIdSchema.nullable(),
    }),
    output: cellExplanationSchema,
  },

  /** The checks of a rollout, oldest first, at most `maximumPoints`; consecutive ones are merged, the worst of each figure kept. */
  "rollout.trends": {
    input: ofRollout.extend({ maximumPoints: z.number().int().min(1).max(1_000).default(240) }),
    output: z.object({ checks: countSchema, points: z.array(trendPointSchema) }),
  },

  /** Begins an operation of the orchestrator; resolves once its process runs and has said so in its progress file. */
  "tos.launch": { input: z.strictObject({ launch: tosLaunchSchema }), output: tosRunViewSchema },
  /** Asks a run to end; it kills the command under way, and writes what happened. */
  "tos.cancel": {
    input: z.strictObject({ runId: z.string().min(1).max(100), reason: z.string().trim().min(1).max(500) }),
    output: tosRunViewSchema,
  },
  /** Entries of a run's progress after `afterSequence`, the newest `limit` of them. */
  "tos.progress": {
    input: z.strictObject({
      runId: z.string().min(1).max(100),
      afterSequence: countSchema.default(0),
      limit: z.number().int().min(1).max(5_000).default(2_000),
    }),
    output: z.object({ run: tosRunViewSchema, entries: z.array(progressEntrySchema) }),
  },
  /** One step log in full; `file` as a row named it. */
  "tos.step": {
    input: z.strictObject({ file: z.string().regex(/^step_[^/\\]{1,100}\.json$/) }),
    output: stepDetailSchema,
  },
  /** What a rollback to `target` (null: the last checkpoint) or the undo of `recoveryId` would do now. */
  "tos.preview": {
    input: z.strictObject({
      target: commitNameSchema.nullable().default(null),
      recoveryId: z.string().min(1).max(100).nullable().default(null),
    }),
    output: rollbackPreviewSchema,
  },
  /** Unified diff between two commits, or from a commit to the working tree (`to` null); one path, or all. */
  "tos.diff": {
    input: z.strictObject({
      from: commitNameSchema,
      to: commitNameSchema.nullable().default(null),
      path: z.string().min(1).max(4_096).nullable().default(null),
    }),
    output: z.object({
      files: z.array(
        z.object({
          path: z.string(),
          change: z.string(),
          additions: countSchema.nullable(),
          deletions: countSchema.nullable(),
        }),
      ),
      /** First 512 KiB. */
      text: z.string(),
      truncated: z.boolean(),
    }),
  },
  "tos.config": {
    input: z.strictObject({}),
    output: z.object({
      path: z.string(),
      text: z.string(),
      digest: z.string(),
      modifiedUnixMs: unixMillisecondsSchema,
      problems: z.array(z.string()),
    }),
  },
  /** What would be wrong with a configuration; nothing is written. */
  "tos.checkConfig": {
    input: z.strictObject({ text: z.string().max(1_048_576) }),
    output: z.object({ problems: z.array(z.string()), reminders: z.array(z.string()) }),
  },
  "tos.saveConfig": { input: saveConfigSchema, output: tosStateSchema },
  /** Records that this operator has read and understood the runbook (S-6 start condition 3). */
  "tos.acknowledgeRunbook": { input: z.strictObject({}), output: tosStateSchema },
  /** The failure report, filled in as far as the files tell (governance.md §7). */
  "tos.failureReport": { input: z.strictObject({}), output: z.object({ text: z.string() }) },
} as const satisfies Record<RequestName, { input: z.ZodType; output: z.ZodType }>;

export type Requests = typeof requests;
export type RequestInput<Name extends RequestName> = z.input<Requests[Name]["input"]>;
export type ParsedInput<Name extends RequestName> = z.output<Requests[Name]["input"]>;
export type RequestOutput<Name extends RequestName> = z.output<Requests[Name]["output"]>;
