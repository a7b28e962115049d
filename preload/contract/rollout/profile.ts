import { z } from "../schema";
import { surfaceIdSchema } from "../identity";
import { gateIdSchema, phaseIds, phaseIdSchema } from "./vocabulary";

const durationSchema = (minimum: number) =>
  z
    .number()
    .int()
    .min(minimum)
    .max(30 * 86_400_000);
const pathSchema = z.string().min(1).max(4_096);
const codeSchema = z.string().min(1).max(200);

/** One phase of a profile: how much of the world gets the candidate, for how long it must prove itself, and by which gates. */
export const phaseProfileSchema = z.strictObject({
  id: phaseIdSchema,
  percent: z.number().int().min(0).max(100),
  /** Evidence time in milliseconds; 0 only for preflight, whose soak is one full harness run (gate G1). */
  minimumSoakMs: durationSchema(0),
  gates: z.array(gateIdSchema).min(1),
});
export type PhaseProfile = z.infer<typeof phaseProfileSchema>;

/** An extra rule of a surface's runbook, judged as gate G13 (spec/tau/live-run.md §7). */
export const surfaceRuleSchema = z.strictObject({
  surface: surfaceIdSchema,
  /** `advances`: each code occurs at least once more in the phase. `flat`: none of them occurs in the phase. */
  kind: z.enum(["advances", "flat"]),
  codes: z.array(codeSchema).min(1).max(16),
  fromPhase: phaseIdSchema,
});
export type SurfaceRule = z.infer<typeof surfaceRuleSchema>;

const timeOfDaySchema = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "expected a time of day, HH:MM");

/** A recurring time in which nothing is promoted without a reason of its own. `to` at or before `from` ends on the next day. */
export const freezeWindowSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/, "expected lower-case letters, digits and hyphens"),
  title: z.string().trim().min(1).max(120),
  /** Days on which it begins; an empty list means every day. */
  weekdays: z.array(z.enum(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"])),
  from: timeOfDaySchema,
  to: timeOfDaySchema,
  /** Time zone of the two times, an IANA name such as `Europe/Zurich`. */
  timeZone: z.string().min(1).max(64),
});
export type FreezeWindow = z.infer<typeof freezeWindowSchema>;

/**
 * Command that gives a phase's percent to the world. It is started without a shell; phase, percent and the effect's
 * identifier come in its environment (`GATEHOUSE_PHASE`, `GATEHOUSE_PERCENT`, `GATEHOUSE_EFFECT_ID`,
 * `GATEHOUSE_ROLLOUT_ID`, `GATEHOUSE_ATTEMPT`). It must be idempotent: given the same effect twice it acts once.
 */
export const percentHookSchema = z.strictObject({
  program: z.string().min(1),
  args: z.array(z.string()).default([]),
  /** Working directory, relative to the workspace. */
  cwd: pathSchema.default("."),
  timeoutMs: z.number().int().min(100).max(3_600_000).default(60_000),
  attempts: z.number().int().min(1).max(20).default(3),
  retryDelayMs: z.number().int().min(0).max(600_000).default(5_000),
});
export type PercentHook = z.infer<typeof percentHookSchema>;

/** Where evidence that Gatehouse does not collect itself is found, relative to the workspace. */
export const evidencePathsSchema = z.strictObject({
  harnessReport: pathSchema.default(".tau/live-run-unified/report.json"),
  harnessManifest: pathSchema.default(".tau/live-run-unified/manifest.json"),
  /** Conclusion of CI's `live-smoke-matrix` (see `ciFileSchema`). */
  ci: pathSchema.default(".gatehouse/evidence/ci.json"),
  /** What `/release-channel show` printed; the last such line counts. */
  releaseChannel: pathSchema.default(".gatehouse/evidence/release-channel.txt"),
  /** Release sign-off checklist (see `checklistFileSchema`). */
  checklist: pathSchema.default(".gatehouse/evidence/signoff-checklist.json"),
  /** Operator pause of the dashboard (spec/tau/dashboard-api.md); absent means running. */
  dashboardControl: pathSchema.default(".tau/dashboard/control-state.json"),
});
export type EvidencePaths = z.infer<typeof evidencePathsSchema>;

/**
 * A rollout profile: `.gatehouse/profiles/<id>.json` of a workspace. The whole profile is written into a rollout's
 * journal when it starts, so that later edits change no rollout that runs.
 */
export const rolloutProfileSchema = z.strictObject({
  schemaVersion: z.literal(1),
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/, "expected lower-case letters, digits and hyphens"),
  title: z.string().trim().min(1).max(120),
  /** A rehearsal proves the procedure, not the release; every screen and record of it says so. */
  rehearsal: z.boolean(),
  checkIntervalMs: durationSchema(100).default(300_000),
  /** Least distance of a check by hand from the check before it. */
  manualCheckDistanceMs: durationSchema(0).default(60_000),
  /** Age past which a sample is stale (R-STALE). */
  maximumEvidenceAgeMs: durationSchema(100).default(900_000),
  /** Occurrences of retry codes that G11 tolerates. */
  retryTolerance: z.number().int().min(0).max(1_000_000).default(0),
  phases: z.array(phaseProfileSchema).length(phaseIds.length),
  surfaceRules: z.array(surfaceRuleSchema).max(64).default([]),
  /** Last phase that may be entered without an operator; null for none. */
  automaticPromotionThrough: phaseIdSchema.nullable().default(null),
  freezeWindows: z.array(freezeWindowSchema).max(32).default([]),
  percentHook: percentHookSchema.nullable().default(null),
  evidence: evidencePathsSchema.prefault({}),
});
export type RolloutProfile = z.infer<typeof rolloutProfileSchema>;
