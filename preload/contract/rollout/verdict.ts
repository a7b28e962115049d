import { z } from "../schema";
import { countSchema, surfaceIdSchema } from "../identity";
import { holdSchema } from "../reading";
import { cellStatusSchema, ruleIdSchema, triggerIdSchema } from "./vocabulary";

/**
 * Why one rule does not pass, or why a trigger fires: what was expected, what was observed, the one record that decided
 * it, and what would have to change. A rule broken by several records has one finding for each of them, so that every
 * finding stands and falls with its record.
 */
export const findingSchema = holdSchema.extend({
  rule: z.union([ruleIdSchema, triggerIdSchema]),
  /** Null when it concerns the release as a whole. */
  surface: surfaceIdSchema.nullable(),
  status: cellStatusSchema.exclude(["passed"]),
});
export type Finding = z.infer<typeof findingSchema>;

/** What one rule said in one check: one status per surface in the order of `surfaceIds`, or a single one for the release. */
export const ruleVerdictSchema = z.object({
  rule: ruleIdSchema,
  statuses: z.union([z.array(cellStatusSchema).length(1), z.array(cellStatusSchema).length(5)]),
});
export type RuleVerdict = z.infer<typeof ruleVerdictSchema>;

/** What a check did to the soak of its phase. */
export const soakOutcomeSchema = z.object({
  /** Evidence time after this check, milliseconds; and how much of it this check added. */
  creditedMs: z.number().nonnegative(),
  addedMs: z.number().nonnegative(),
  /**
   * `counted`: time since the passing check before counts. `started`: first passing check; time counts from here.
   * `held`: nothing counted, nothing lost. `restarted`: a gate failed, evidence so far is void. `none`: the phase has no
   * running soak (preflight, or the rollout has ended).
   */
  outcome: z.enum(["counted", "started", "held", "restarted", "none"]),
});
export type SoakOutcome = z.infer<typeof soakOutcomeSchema>;

export const checkTriggers = ["scheduled", "manual", "promotion"] as const;

/** One rule and surface explained: what an evidence panel shows. */
export const cellExplanationSchema = z.object({
  rule: ruleIdSchema,
  surface: surfaceIdSchema.nullable(),
  check: countSchema,
  status: cellStatusSchema,
  title: z.string(),
  /** Where the rule is written, for example `seed 003, canary-1; spec/tau/rollout.md §3 G5`. */
  source: z.string(),
  expected: z.string(),
  observed: z.string(),
  /** The record the verdict was read from, also for a pass; null when there is none. */
  record: holdSchema.shape.record,
  findings: z.array(findingSchema),
});
export type CellExplanation = z.infer<typeof cellExplanationSchema>;
