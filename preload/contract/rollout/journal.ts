import { z } from "../schema";
import { countSchema, surfaceIdSchema, surfaceIds, unixMillisecondsSchema } from "../identity";
import { actorSchema, candidateSchema, refusalSchema } from "./command";
import { instantSchema, observationSchema } from "./observation";
import { rolloutProfileSchema } from "./profile";
import { checkTriggers, findingSchema, ruleVerdictSchema, soakOutcomeSchema } from "./verdict";
import { phaseIdSchema, triggerIdSchema } from "./vocabulary";

/** Counts of one surface at one check, and the log they were read from; new occurrences are counted from here. */
export const surfaceBaselineSchema = z.object({
  counts: z.record(z.string(), countSchema),
  logIdentity: z.string().nullable(),
  lines: countSchema,
});
export type SurfaceBaseline = z.infer<typeof surfaceBaselineSchema>;
export const baselineSchema = z.object({
  check: countSchema,
  surfaces: z.object(
    Object.fromEntries(surfaceIds.map((surface) => [surface, surfaceBaselineSchema])) as Record<
      (typeof surfaceIds)[number],
      typeof surfaceBaselineSchema
    >,
  ),
});
export type Baseline = z.infer<typeof baselineSchema>;

const commanded = { by: actorSchema, reason: z.string() };

/** A check as it is recorded: what was seen, and what it was judged to mean. Never judged again. */
export const checkRecordSchema = z.object({
  /** 1-based number of the check in its rollout. */
  check: countSchema,
  trigger: z.enum(checkTriggers),
  observation: observationSchema,
  verdicts: z.array(ruleVerdictSchema),
  findings: z.array(findingSchema),
  soak: soakOutcomeSchema,
});
export type CheckRecord = z.infer<typeof checkRecordSchema>;

/** Everything that can happen to a rollout. An entry of the journal holds those that were decided together. */
export const rolloutEventSchema = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("rollout-started"),
    rolloutId: z.string(),
    candidate: candidateSchema,
    profile: rolloutProfileSchema,
    /** File the profile came from, or `built in`. */
    profileSource: z.string(),
    at: instantSchema,
    ...commanded,
  }),
  /** A console took the rollout up (again). Time since the entry before it was not observed. */
  z.object({ type: z.literal("session-opened"), at: instantSchema, repairedBytes: countSchema }),
  z.object({
    type: z.literal("check-recorded"),
    at: instantSchema,
    ...checkRecordSchema.shape,
    /** Consecutive checks, up to this one, in which each surface was degraded or failing (T1). */
    unhealthyChecks: z.record(surfaceIdSchema, countSchema),
  }),
  z.object({
    type: z.literal("phase-entered"),
    at: instantSchema,
    phase: phaseIdSchema,
    percent: z.number().int(),
    /** Check the promotion was decided on; its counts are the new phase's baseline. */
    baseline: baselineSchema,
    freezeOverride: z.object({ window: z.string(), reason: z.string() }).nullable(),
    /** Set when the profile has a hook: the effect that gives the percent to the world. */
    effectId: z.string().nullable(),
    ...commanded,
  }),
  z.object({ type: z.literal("rollout-completed"), at: instantSchema, ...commanded }),
  z.object({ type: z.literal("paused"), at: instantSchema, ...commanded }),
  z.object({ type: z.literal("resumed"), at: instantSchema, ...commanded }),
  /** A trigger's condition came true; `primary` for the one that names the rollback. It stays for the rollout's life. */
  z.object({
    type: z.literal("trigger-fired"),
    at: instantSchema,
    trigger: triggerIdSchema,
    primary: z.boolean(),
    check: countSchema,
    findings: z.array(findingSchema),
  }),
  /** Preflight found the release unfit (T5): there is nothing to roll back. */
  z.object({ type: z.literal("blocked"), at: instantSchema, trigger: triggerIdSchema }),
  /** Promotion is frozen and the rollback workflow is open (seed 003, rollback execution step 1). */
  z.object({
    type: z.literal("rollback-opened"),
    at: instantSchema,
    /** The trigger that forced it; null when an operator did. */
    trigger: triggerIdSchema.nullable(),
    phase: phaseIdSchema,
    percent: z.number().int(),
    effectId: z.string().nullable(),
    ...commanded,
  }),
  z.object({ type: z.literal("aborted"), at: instantSchema, ...commanded }),
  z.object({
    type: z.literal("rebaselined"),
    at: instantSchema,
    surface: surfaceIdSchema,
    check: countSchema,
    baseline: surfaceBaselineSchema,
    ...commanded,
  }),
  /** An effect is about to be (or has to be) performed. Written before it begins. */
  z.object({
    type: z.literal("effect-attempted"),
    at: instantSchema,
    effectId: z.string(),
    attempt: countSchema,
  }),
  z.object({
    type: z.literal("effect-done"),
    at: instantSchema,
    effectId: z.string(),
    attempt: countSchema,
    /** What it printed last, at most 2,000 characters. */
    output: z.string(),
  }),
  z.object({
    type: z.literal("effect-failed"),
    at: instantSchema,
    effectId: z.string(),
    attempt: countSchema,
    detail: z.string(),
    output: z.string(),
    /** No attempt is left; the rollout holds until an operator has it run again. */
    final: z.boolean(),
  }),
  z.object({ type: z.literal("effect-retried"), at: instantSchema, effectId: z.string(), ...commanded }),
  /** The wall clock moved against the monotonic one by more than two seconds between two looks. */
  z.object({ type: z.literal("clock-jumped"), at: instantSchema, byMs: z.number() }),
  z.object({
    type: z.literal("command-refused"),
    at: instantSchema,
    command: z.string(),
    refusal: refusalSchema,
    ...commanded,
  }),
]);
export type RolloutEvent = z.infer<typeof rolloutEventSchema>;
export type RolloutEventType = RolloutEvent["type"];

/**
 * One line of `.gatehouse/rollouts/<rollout>/journal.jsonl`. `hash` is the SHA-256 (hexadecimal) of the line's bytes
 * before `,"hash":`; `previousHash` is the hash of the line before, 64 zeros in the first.
 */
export const journalEntrySchema = z.object({
  sequence: countSchema.min(1),
  previousHash: z.string().length(64),
  events: z.array(rolloutEventSchema).min(1),
  hash: z.string().length(64),
});
export type JournalEntry = z.infer<typeof journalEntrySchema>;

/** An entry with its place in the journal's file, as a timeline shows it. */
export const timelineEntrySchema = z.object({
  sequence: countSchema,
  byteOffset: countSchema,
  hash: z.string(),
  unixMs: unixMillisecondsSchema,
  events: z.array(rolloutEventSchema),
});
export type TimelineEntry = z.infer<typeof timelineEntrySchema>;
