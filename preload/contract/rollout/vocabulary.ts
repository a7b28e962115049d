import { z } from "../schema";

/** Phases of a rollout in order (seed 003, cross-surface rollout contract; spec/tau/rollout.md §2). */
export const phaseIds = ["preflight", "canary-1", "canary-2", "canary-3", "general-availability"] as const;
export const phaseIdSchema = z.enum(phaseIds);
export type PhaseId = z.infer<typeof phaseIdSchema>;

/** What an operator calls each phase on screen. */
export const phaseLabels: Readonly<Record<PhaseId, string>> = {
  preflight: "Preflight",
  "canary-1": "Canary 1",
  "canary-2": "Canary 2",
  "canary-3": "Canary 3",
  "general-availability": "General availability",
};

/**
 * Rules a phase may demand as gates (spec/tau/rollout.md §3). G4 to G8, G11 and G13 are judged per surface, the others
 * for the release as a whole.
 */
export const gateIds = [
  "G1",
  "G2",
  "G3",
  "G4",
  "G5",
  "G6",
  "G7",
  "G8",
  "G9",
  "G10",
  "G11",
  "G12",
  "G13",
] as const;
export const gateIdSchema = z.enum(gateIds);
export type GateId = z.infer<typeof gateIdSchema>;

/**
 * Rules that hold in their own right, whatever a phase's gates are. R-STALE and R-PAUSE: spec/tau/rollout.md §3.
 * R-BASELINE: a log was truncated, rotated or replaced since its baseline (§7 row 11). R-HOOK: the percent of the phase
 * has not been given to the world yet.
 */
export const standingRuleIds = ["R-STALE", "R-PAUSE", "R-BASELINE", "R-HOOK"] as const;
export const ruleIds = [...gateIds, ...standingRuleIds] as const;
export const ruleIdSchema = z.enum(ruleIds);
export type RuleId = z.infer<typeof ruleIdSchema>;

/** Rollback triggers (seed 003, rollback trigger matrix; spec/tau/rollout.md §4). */
export const triggerIds = ["T1", "T2", "T3", "T4", "T5"] as const;
export const triggerIdSchema = z.enum(triggerIds);
export type TriggerId = z.infer<typeof triggerIdSchema>;
/** Which trigger names the rollback when several fire in one check, the gravest first (spec/tau/rollout.md §4). */
export const triggerSeverity = ["T2", "T3", "T4", "T5", "T1"] as const satisfies readonly TriggerId[];

/**
 * Where a rollout stands (spec/tau/rollout.md §6). While it runs, its status is its phase. `aborted` is ours: an
 * operator ended it where it stood. Every status after `general-availability` here is left by a new rollout only.
 */
export const rolloutStatuses = [
  ...phaseIds,
  "complete",
  "blocked",
  "aborted",
  "rolling_back",
  "rolled_back",
  "rolled_back_unverified",
] as const;
export const rolloutStatusSchema = z.enum(rolloutStatuses);
export type RolloutStatus = z.infer<typeof rolloutStatusSchema>;

/**
 * What one rule says of one surface (or of the release). Everything but `passed` holds. `failed`: there is evidence and
 * it is against. `missing`, `unreadable`, `stale`, `no-samples`: there is no evidence, in the four ways there can be none.
 */
export const cellStatuses = ["passed", "failed", "stale", "missing", "unreadable", "no-samples"] as const;
export const cellStatusSchema = z.enum(cellStatuses);
export type CellStatus = z.infer<typeof cellStatusSchema>;
