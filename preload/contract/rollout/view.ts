import { z } from "../schema";
import { countSchema, surfaceIdSchema, unixMillisecondsSchema } from "../identity";
import { recordReferenceSchema } from "../reading";
import { actorSchema, candidateSchema } from "./command";
import { checkTriggers, findingSchema, soakOutcomeSchema } from "./verdict";
import {
  cellStatusSchema,
  phaseIdSchema,
  rolloutStatusSchema,
  ruleIdSchema,
  triggerIdSchema,
} from "./vocabulary";

/** Where time went, wall-clock milliseconds: waiting for an operator, collecting evidence, or held by a rule, a pause or downtime. */
export const durationsSchema = z.object({
  waitingMs: countSchema,
  soakingMs: countSchema,
  heldMs: countSchema,
});
export type Durations = z.infer<typeof durationsSchema>;

export const phaseViewSchema = z.object({
  id: phaseIdSchema,
  percent: z.number().int(),
  /** `passed`: left by promotion. `ended`: the rollout ended here. */
  state: z.enum(["passed", "current", "ended", "ahead"]),
  requiredMs: countSchema,
  /** Evidence time proven by recorded checks; it never runs ahead of them. */
  creditedMs: z.number().nonnegative(),
  enteredUnixMs: unixMillisecondsSchema.nullable(),
  leftUnixMs: unixMillisecondsSchema.nullable(),
  enteredBy: actorSchema.nullable(),
  durations: durationsSchema,
});

/** One cell of the gates × surfaces matrix; `surface` null for a rule about the release as a whole. */
export const cellViewSchema = z.object({
  rule: ruleIdSchema,
  surface: surfaceIdSchema.nullable(),
  status: cellStatusSchema,
  /** In a few words, for example `queue_depth 2`. */
  observed: z.string(),
});
export type CellView = z.infer<typeof cellViewSchema>;

export const ruleViewSchema = z.object({
  rule: ruleIdSchema,
  title: z.string(),
  /** Whether the present phase demands it; what it does not demand is shown, but holds nothing. */
  demanded: z.boolean(),
  source: z.string(),
});

export const triggerViewSchema = z.object({
  trigger: triggerIdSchema,
  title: z.string(),
  /** The seed's words: when it fires, and what is done. */
  threshold: z.string(),
  action: z.string(),
  /** `not-evaluated`: preflight evaluates T5 only, and an ended rollout none. */
  state: z.enum(["clear", "fired", "not-evaluated"]),
  firedUnixMs: unixMillisecondsSchema.nullable(),
  check: countSchema.nullable(),
  primary: z.boolean(),
  findings: z.array(findingSchema),
});

/** A button: whether it may be pressed now, why not, and exactly what it will do. */
export const actionViewSchema = z.object({
  action: z.enum(["check", "pause", "resume", "promote", "abort", "rollback", "rebaseline", "retry-hook"]),
  allowed: z.boolean(),
  /** Why it would be refused, one line each; empty when allowed. */
  obstacles: z.array(z.string()),
  effect: z.string(),
  /** Set while a freeze window is open: a promotion needs a reason of its own. */
  freezeWindow: z.string().nullable(),
});
export type ActionView = z.infer<typeof actionViewSchema>;

export const soakViewSchema = z.object({
  requiredMs: countSchema,
  creditedMs: z.number().nonnegative(),
  remainingMs: z.number().nonnegative(),
  complete: z.boolean(),
  /** Time counts from the last passing check on, and will be credited by the next one if it passes. */
  counting: z.boolean(),
  countingSinceUnixMs: unixMillisecondsSchema.nullable(),
  /** What stops it, one line each; empty while counting or complete. */
  stoppedBy: z.array(z.string()),
});

export const effectViewSchema = z.object({
  effectId: z.string(),
  /** Phase whose percent it gives, or the rollback. */
  purpose: z.string(),
  percent: z.number().int(),
  state: z.enum(["intended", "attempted", "done", "failed"]),
  attempt: countSchema,
  attempts: countSchema,
  detail: z.string(),
  output: z.string(),
  changedUnixMs: unixMillisecondsSchema,
});

export const rollbackStepViewSchema = z.object({
  step: countSchema,
  title: z.string(),
  /** What the operator does, word for word from the runbook where it is a command. */
  instruction: z.string(),
  state: z.enum(["done", "open"]),
});

/** Everything the rollout view shows. Derived from the journal alone, plus the time it is shown at. */
export const rolloutViewSchema = z.object({
  rolloutId: z.string(),
  candidate: candidateSchema,
  profileId: z.string(),
  profileTitle: z.string(),
  rehearsal: z.boolean(),
  status: rolloutStatusSchema,
  phase: phaseIdSchema,
  /** No further change is possible but by a new rollout. */
  ended: z.boolean(),
  /** Percent declared for the candidate now. */
  percent: z.number().int(),
  /** Commands carry it back; it changes whenever what a decision rests on changes. */
  revision: countSchema,
  startedUnixMs: unixMillisecondsSchema,
  startedBy: actorSchema,
  startReason: z.string(),
  endedUnixMs: unixMillisecondsSchema.nullable(),
  /** Who ended it and why; null while it runs. */
  ending: z.object({ by: actorSchema, reason: z.string() }).nullable(),
  paused: z.object({ sinceUnixMs: unixMillisecondsSchema, by: actorSchema, reason: z.string() }).nullable(),
  phases: z.array(phaseViewSchema),
  soak: soakViewSchema,
  rules: z.array(ruleViewSchema),
  cells: z.array(cellViewSchema),
  /** Everything that holds now, gravest first; each says why. */
  findings: z.array(findingSchema),
  triggers: z.array(triggerViewSchema),
  lastCheck: z
    .object({
      check: countSchema,
      trigger: z.enum(checkTriggers),
      unixMs: unixMillisecondsSchema,
      /** Taken in the present phase: only such a check is evidence for leaving it. */
      ofPhase: z.boolean(),
      soak: soakOutcomeSchema,
      sameSnapshotSurfaces: z.array(surfaceIdSchema),
    })
    .nullable(),
  checks: countSchema,
  checkIntervalMs: countSchema,
  /** When the next scheduled check is due; null when nobody takes checks. */
  nextCheckUnixMs: unixMillisecondsSchema.nullable(),
  /** What will decide next, and when at the earliest, in one sentence. */
  nextDecision: z.string(),
  freezeWindow: z
    .object({ id: z.string(), title: z.string(), untilUnixMs: unixMillisecondsSchema })
    .nullable(),
  actions: z.array(actionViewSchema),
  effects: z.array(effectViewSchema),
  rollback: z
    .object({
      openedUnixMs: unixMillisecondsSchema,
      trigger: triggerIdSchema.nullable(),
      steps: z.array(rollbackStepViewSchema),
    })
    .nullable(),
  /** Surfaces whose log no longer matches its baseline. */
  invalidBaselines: z.array(surfaceIdSchema),
  clockJumps: countSchema,
  durations: durationsSchema,
  journal: z.object({
    path: z.string(),
    entries: countSchema,
    /** Why the journal cannot be trusted; empty when its chain holds. */
    problem: z.string(),
    record: recordReferenceSchema.nullable(),
  }),
});
export type RolloutView = z.infer<typeof rolloutViewSchema>;

/** One row of the history. */
export const rolloutSummarySchema = z.object({
  rolloutId: z.string(),
  candidate: candidateSchema,
  profileId: z.string(),
  rehearsal: z.boolean(),
  status: rolloutStatusSchema,
  phase: phaseIdSchema,
  percent: z.number().int(),
  startedUnixMs: unixMillisecondsSchema,
  startedBy: z.string(),
  endedUnixMs: unixMillisecondsSchema.nullable(),
  checks: countSchema,
  triggers: z.array(triggerIdSchema),
  durations: durationsSchema,
  /** Why its journal cannot be trusted; empty when it can. */
  problem: z.string(),
});
export type RolloutSummary = z.infer<typeof rolloutSummarySchema>;

/** One surface at one check (or the worst of several consecutive checks), against the phase's baseline. */
export const trendPointSchema = z.object({
  check: countSchema,
  unixMs: unixMillisecondsSchema,
  phase: phaseIdSchema,
  surfaces: z.array(
    z.object({
      surface: surfaceIdSchema,
      healthState: z.enum(["healthy", "degraded", "failing"]),
      failureStreak: countSchema,
      queueDepth: countSchema,
      /** Occurrences since the phase was entered. */
      hardErrors: countSchema,
      retries: countSchema,
      cycles: countSchema,
    }),
  ),
});
export type TrendPoint = z.infer<typeof trendPointSchema>;

/** Something an operator is told of, wherever they are; it opens the place it speaks of. */
export const noticeSchema = z.object({
  id: z.string(),
  kind: z.enum(["hold", "trigger", "soak-complete", "hook-failed", "journal-broken"]),
  unixMs: unixMillisecondsSchema,
  title: z.string(),
  body: z.string(),
  /** Address within the console, for example `#/rollout/<id>?rule=G7&surface=voice`. */
  place: z.string(),
});
export type Notice = z.infer<typeof noticeSchema>;
