import { z } from "./schema";
import { healthSnapshotSchema } from "./health";
import {
  countSchema,
  gateSchema,
  healthStateSchema,
  surfaceIdSchema,
  unixMillisecondsSchema,
} from "./identity";

/**
 * How far a source can be trusted now.
 * `fresh`: read, and written within its allowed age. `stale`: read, but written too long ago.
 * `unreadable`: exists, but cannot be read or parsed. `never-seen`: the file has not existed since we started to look.
 * `missing`: we have seen it, and it is gone. Only `fresh` may ever look healthy.
 */
export const freshnessStatuses = ["fresh", "stale", "unreadable", "missing", "never-seen"] as const;
export const freshnessStatusSchema = z.enum(freshnessStatuses);
export type FreshnessStatus = z.infer<typeof freshnessStatusSchema>;

export const freshnessSchema = z.object({
  status: freshnessStatusSchema,
  /** File the figures come from, relative to the workspace where it is inside it. */
  path: z.string(),
  /** When the writer says it wrote them (falls back to the file's modification time); null when never read. */
  writtenUnixMs: unixMillisecondsSchema.nullable(),
  /** When we last read the file with success; null when never. */
  readUnixMs: unixMillisecondsSchema.nullable(),
  /** Age in milliseconds past which the source counts as stale. */
  staleAfterMs: countSchema,
  /** Why it is not fresh, in words; empty when fresh. */
  detail: z.string(),
});
export type Freshness = z.infer<typeof freshnessSchema>;

/** The one record that decided something: where it stands and what it says (cut to 2,000 characters). */
export const recordReferenceSchema = z.object({
  path: z.string(),
  /** 1-based; null for a whole-file record such as `state.json`. */
  line: countSchema.nullable(),
  byteOffset: countSchema.nullable(),
  text: z.string(),
});
export type RecordReference = z.infer<typeof recordReferenceSchema>;

/** One reason a surface holds. A gate with no holds passes; there is no hold without a reason. */
export const holdSchema = z.object({
  rule: z.string(),
  title: z.string(),
  expected: z.string(),
  observed: z.string(),
  /** What would have to change for it to pass. */
  remedy: z.string(),
  record: recordReferenceSchema.nullable(),
});
export type Hold = z.infer<typeof holdSchema>;

/** Common counters of one `runtime-events.jsonl` record (spec/tau/surfaces.md §5), with the surface's own counters in `extra`. */
export const cycleFiguresSchema = z.object({
  timestampUnixMs: unixMillisecondsSchema,
  healthState: z.string(),
  healthReason: z.string(),
  reasonCodes: z.array(z.string()),
  discovered: countSchema,
  queued: countSchema,
  applied: countSchema,
  duplicates: countSchema,
  malformed: countSchema,
  retryableFailures: countSchema,
  retries: countSchema,
  failed: countSchema,
  backlog: countSchema,
  failureStreak: countSchema,
  extra: z.record(z.string(), z.number()),
});
export type CycleFigures = z.infer<typeof cycleFiguresSchema>;

/** Occurrences per reason code, one per cycle that reports it (spec/tau/health.md §4). */
const reasonCodeCountsSchema = z.record(z.string(), countSchema);

/** Fold of one event log. Counts follow spec/tau/health.md §4. */
export const eventLogViewSchema = z.object({
  freshness: freshnessSchema,
  bytes: countSchema,
  /** Grows by one each time the file is truncated, rotated or replaced; line numbers are only comparable within one. */
  generation: countSchema,
  lines: countSchema,
  cycles: countSchema,
  invalidLines: countSchema,
  firstInvalid: recordReferenceSchema.nullable(),
  lastInvalid: recordReferenceSchema.nullable(),
  lastReasonCodes: z.array(z.string()),
  lastHealthReason: z.string(),
  lastCycle: cycleFiguresSchema.nullable(),
  lastCycleRecord: recordReferenceSchema.nullable(),
  reasonCodeCounts: reasonCodeCountsSchema,
  /** Counts since the operator's mark; equal to the totals while no mark is set. */
  sinceMark: reasonCodeCountsSchema,
  mark: z
    .object({ setUnixMs: unixMillisecondsSchema, afterLine: countSchema, invalidated: z.boolean() })
    .nullable(),
  /** Set while a large log is being read for the first time. */
  progress: z.object({ readBytes: countSchema, totalBytes: countSchema }).nullable(),
});
export type EventLogView = z.infer<typeof eventLogViewSchema>;

/** One step of the browser live timeline (spec/tau/live-run.md §4), keys as in the file. */
export const browserTimelineEntrySchema = z.object({
  case_id: z.string(),
  operation: z.string(),
  action: z.string(),
  replay_step: z.enum(["success", "malformed_input", "retryable_failure"]),
  status_code: countSchema,
  error_code: z.string(),
  artifact_types: z.array(z.string()),
});

/** `browser-live-summary.json` (spec/tau/live-run.md §4), keys as in the file. */
export const browserLiveSummarySchema = z.object({
  discovered_cases: countSchema,
  success_cases: countSchema,
  malformed_cases: countSchema,
  retryable_failures: countSchema,
  timeout_failures: countSchema,
  denied_unsafe_actions: countSchema,
  denied_action_limit: countSchema,
  artifact_records: countSchema,
  timeline: z.array(browserTimelineEntrySchema),
  reason_codes: z.array(z.string()),
  health_state: z.enum(["healthy", "degraded"]),
});
export type BrowserLiveSummary = z.infer<typeof browserLiveSummarySchema>;

/** What watching knows of one surface, whoever writes its files. */
export const surfaceReadingSchema = z.object({
  surface: surfaceIdSchema,
  freshness: freshnessSchema,
  healthState: healthStateSchema,
  /** The reason `*-status-inspect` would report: last logged one, else the classification's (spec/tau/health.md §4). */
  healthReason: z.string(),
  gate: gateSchema,
  holds: z.array(holdSchema),
  /** Last figures read; kept (and shown grey) when the source has since gone stale or unreadable. */
  health: healthSnapshotSchema.nullable(),
  processedCaseCount: countSchema,
  log: eventLogViewSchema,
  /** Browser automation only: the live run's summary, when the workspace has one. */
  live: z.object({ freshness: freshnessSchema, summary: browserLiveSummarySchema.nullable() }).nullable(),
});
export type SurfaceReading = z.infer<typeof surfaceReadingSchema>;
