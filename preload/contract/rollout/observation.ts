import { z } from "../schema";
import { countSchema, gateSchema, surfaceIdSchema, unixMillisecondsSchema } from "../identity";
import { recordReferenceSchema } from "../reading";

/** A moment on both clocks. Monotonic times compare only within one session: a start of the console, or one boot of the machine. */
export const instantSchema = z.object({
  unixMs: unixMillisecondsSchema,
  monotonicMs: z.number().nonnegative(),
  session: z.string().min(1).max(100),
});
export type Instant = z.infer<typeof instantSchema>;

/** Reason codes a rollout counts (spec/tau/rollout.md §3, G8 and G11); surface rules of a profile add theirs. */
export const hardErrorCodes = ["case_processing_failed", "malformed_inputs_observed"] as const;
export const retryCodes = ["retry_attempted", "retryable_failures_observed"] as const;

/** Whether a source could be used. Why not, in words, stands beside it. */
export const sourceStatusSchema = z.enum(["ok", "missing", "unreadable"]);

const sourced = { status: sourceStatusSchema, problem: z.string(), path: z.string() };

/** One line of a surface's log that carries a counted code. */
export const occurrenceSchema = z.object({ code: z.string(), record: recordReferenceSchema });
export type Occurrence = z.infer<typeof occurrenceSchema>;

/** One step of the browser's timeline with its place in the summary. */
export const timelineStepSchema = z.object({
  caseId: z.string(),
  replayStep: z.string(),
  statusCode: countSchema,
  errorCode: z.string(),
  record: recordReferenceSchema,
});
export type TimelineStep = z.infer<typeof timelineStepSchema>;

/** Normalised sample of one surface (spec/tau/rollout.md §1). Figures are 0 where the source could not be used. */
export const surfaceSampleSchema = z.object({
  surface: surfaceIdSchema,
  ...sourced,
  /** `failing` where the source could not be used (§7 row 2). */
  healthState: z.enum(["healthy", "degraded", "failing"]),
  rolloutGate: gateSchema,
  /** Null where the source has none (browser): then consecutive unhealthy checks are counted instead. */
  failureStreak: countSchema.nullable(),
  lastCycleFailed: countSchema,
  queueDepth: countSchema,
  updatedUnixMs: unixMillisecondsSchema.nullable(),
  /** The record all figures above were read from: the `health` object of `state.json`, or the browser's summary. */
  record: recordReferenceSchema.nullable(),
  /** Cycles logged so far; 0 is no evidence. */
  cycles: countSchema,
  /** Occurrences of each counted code in the whole log. */
  counts: z.record(z.string(), countSchema),
  /** The log the counts come from. Null: none (a browser summary without its log, or a log that is missing). */
  log: z
    .object({
      path: z.string(),
      /** Changes when the log is replaced by another: a digest of its first line; empty while it has none. */
      identity: z.string(),
      lines: countSchema,
      bytes: countSchema,
      /** Why it cannot be used; empty when it can. */
      problem: z.string(),
    })
    .nullable(),
  /** Newest lines with a counted code since the baseline that was asked for, newest first, at most 20 per code. */
  occurrences: z.array(occurrenceSchema),
  /** Browser only: steps of the last run; null where there is no summary to read. */
  timeline: z.array(timelineStepSchema).nullable(),
  /** The source is, to the last byte, what the check before saw. */
  sameSnapshot: z.boolean(),
});
export type SurfaceSample = z.infer<typeof surfaceSampleSchema>;

/** Report and manifest of the unified harness (spec/tau/live-run.md §2.1). */
export const harnessEvidenceSchema = z.object({
  ...sourced,
  overall: z
    .object({
      status: z.string(),
      total_surfaces: countSchema,
      passed_surfaces: countSchema,
      failed_surfaces: countSchema,
    })
    .nullable(),
  /** Keys of the report's `surface_status`, and the command of each surface of the manifest. */
  surfaceIds: z.array(z.string()),
  commands: z.array(z.object({ surfaceId: z.string(), command: z.array(z.string()) })),
  /** When the run began: the manifest's `started_unix_ms`, else the report's modification time. */
  startedUnixMs: unixMillisecondsSchema.nullable(),
  /** Why the manifest cannot be used; empty when it can. */
  manifestProblem: z.string(),
  reportRecord: recordReferenceSchema.nullable(),
  manifestRecord: recordReferenceSchema.nullable(),
});
export type HarnessEvidence = z.infer<typeof harnessEvidenceSchema>;

/** `ci.json`: the conclusion of CI's live-smoke matrix for one commit (spec/tau/live-run.md §5). */
export const ciFileSchema = z.object({
  schemaVersion: z.literal(1),
  workflow: z.literal("live-smoke-matrix"),
  commit: z.string().min(7).max(64),
  conclusion: z.string().min(1).max(64),
  url: z.string().max(2_000).default(""),
});
export const ciEvidenceSchema = z.object({
  ...sourced,
  commit: z.string(),
  conclusion: z.string(),
  record: recordReferenceSchema.nullable(),
});
export type CiEvidence = z.infer<typeof ciEvidenceSchema>;

/** The `/release-channel show` line (spec/tau/release-channel.md §5). */
export const releaseChannelEvidenceSchema = z.object({
  ...sourced,
  channel: z.string(),
  rollbackChannel: z.string(),
  rollbackVersion: z.string(),
  record: recordReferenceSchema.nullable(),
});
export type ReleaseChannelEvidence = z.infer<typeof releaseChannelEvidenceSchema>;

/** `signoff-checklist.json`: items by the identifiers of `main/domain/rollout/checklist.ts`. */
export const checklistFileSchema = z.object({
  schemaVersion: z.literal(1),
  releaseId: z.string().max(200).default(""),
  items: z.array(
    z.object({ id: z.string(), checked: z.boolean(), evidence: z.array(z.string().max(2_000)) }),
  ),
});
export const checklistEvidenceSchema = z.object({
  ...sourced,
  items: z.array(
    z.object({
      id: z.string(),
      checked: z.boolean(),
      evidence: z.array(z.string()),
      record: recordReferenceSchema,
    }),
  ),
});
export type ChecklistEvidence = z.infer<typeof checklistEvidenceSchema>;

/** Everything one check saw (spec/tau/rollout.md §1). */
export const observationSchema = z.object({
  at: instantSchema,
  surfaces: z.array(surfaceSampleSchema).length(5),
  control: z.object({
    ...sourced,
    mode: z.enum(["running", "paused"]),
    record: recordReferenceSchema.nullable(),
  }),
  harness: harnessEvidenceSchema,
  ci: ciEvidenceSchema,
  releaseChannel: releaseChannelEvidenceSchema,
  checklist: checklistEvidenceSchema,
});
export type Observation = z.infer<typeof observationSchema>;
