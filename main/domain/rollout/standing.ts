import { surfaceIds, type SurfaceId } from "#contract/identity";
import type { CheckRecord } from "#contract/rollout/journal";
import type { PhaseProfile, RolloutProfile } from "#contract/rollout/profile";
import type { RuleVerdict } from "#contract/rollout/verdict";
import {
  phaseIds,
  standingRuleIds,
  type PhaseId,
  type RolloutStatus,
  type RuleId,
} from "#contract/rollout/vocabulary";
import { baselineOf } from "./baseline";
import type { Effect, RolloutState } from "./state";

const preflightStandingRules: readonly RuleId[] = ["R-PAUSE", "R-HOOK"];

/** Whether a rollout is in one of its phases; every other status is left by a new rollout only (spec/tau/rollout.md §6). */
export function isRunning(status: RolloutStatus): boolean {
  return phaseIds.some((phase) => phase === status);
}

/** The phase after this one; null after the last, whose promotion completes the rollout (spec/tau/rollout.md §2). */
export function nextPhase(phase: PhaseId): PhaseId | null {
  return phaseIds[phaseIds.indexOf(phase) + 1] ?? null;
}

/** The next phase, if the profile lets it be entered without an operator; completion always waits for one. */
export function automaticPhase({ phase, profile }: RolloutState): PhaseId | null {
  const next = nextPhase(phase);
  const through = profile.automaticPromotionThrough;
  return next !== null && through !== null && phaseIds.indexOf(next) <= phaseIds.indexOf(through)
    ? next
    : null;
}

/** What a profile says of a phase. Fails for a profile without it, which its schema and `profileProblems` rule out. */
export function phaseProfile({ id, phases }: RolloutProfile, phase: PhaseId): PhaseProfile {
  const found = phases.find((candidate) => candidate.id === phase);
  if (found === undefined) throw new Error(`profile ${id} has no phase ${phase}`);
  return found;
}

/** Whether the present phase has all the evidence time it needs, proven by recorded checks (docs/rollouts.md). */
export function isSoakComplete({ profile, phase, soak }: RolloutState): boolean {
  return soak.creditedMs >= phaseProfile(profile, phase).minimumSoakMs;
}

/**
 * Every rule that holds a promotion out of a phase: the gates its profile demands, and the standing rules. Preflight
 * judges no surface, so only the pause and the hook stand there (spec/tau/rollout.md §3).
 */
export function rulesOfPhase(profile: RolloutProfile, phase: PhaseId): readonly RuleId[] {
  const standing = phase === "preflight" ? preflightStandingRules : standingRuleIds;
  return [...phaseProfile(profile, phase).gates, ...standing];
}

/** Rules among these that do not pass in a check. A rule the check says nothing of does not pass. */
export function holdingRules(
  check: { readonly verdicts: readonly RuleVerdict[] },
  rules: readonly RuleId[],
): RuleId[] {
  return rules.filter((rule) => {
    const verdict = check.verdicts.find((candidate) => candidate.rule === rule);
    return verdict === undefined || verdict.statuses.some((status) => status !== "passed");
  });
}

/** The last check, if it was taken in the present phase: only that is evidence for leaving it. */
export function lastCheckOfPhase({ lastCheck, baselines }: RolloutState): CheckRecord | null {
  return lastCheck !== null && lastCheck.check > (baselines.phase?.check ?? 0) ? lastCheck : null;
}

/**
 * The giving of a percent that is not done and still wanted; null when there is none. A newer one supersedes those
 * before it, and once a rollout has ended only its rollback is still given to the world.
 */
export function pendingEffect({ effects, status }: RolloutState): Effect | null {
  const newest = effects.at(-1);
  if (newest === undefined || newest.state === "done") return null;
  return isRunning(status) || newest.purpose === "rollback" ? newest : null;
}

/**
 * Surfaces whose log was found truncated, rotated or replaced by the last check and that no new baseline was taken for
 * since (spec/tau/rollout.md §7 row 11).
 */
export function invalidBaselines(state: RolloutState): SurfaceId[] {
  const check = lastCheckOfPhase(state);
  const verdict = check?.verdicts.find(({ rule }) => rule === "R-BASELINE");
  if (check === null || verdict === undefined || !verdict.statuses.includes("failed")) return [];
  const present = baselineOf(check.check, check.observation);
  return surfaceIds.filter(
    (surface, index) =>
      verdict.statuses[index] === "failed" &&
      Object.values(state.baselines).some(
        (baseline) =>
          baseline !== null &&
          JSON.stringify(baseline.surfaces[surface]) !== JSON.stringify(present.surfaces[surface]),
      ),
  );
}
