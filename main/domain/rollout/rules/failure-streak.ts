import type { SurfaceSample } from "#contract/rollout/observation";
import { figureRule } from "./figure-rule";
import type { RuleContext } from "./cell";

/**
 * Failed cycles in a row. A surface that counts none of its own (browser) has its consecutive unhealthy checks counted
 * instead, and 0 as soon as it is healthy (spec/tau/rollout.md §1, browser column).
 */
export function streakOf(
  sample: SurfaceSample,
  { unhealthyChecks }: Pick<RuleContext, "unhealthyChecks">,
): number {
  if (sample.failureStreak !== null) return sample.failureStreak;
  return sample.healthState === "healthy" ? 0 : Math.max(1, unhealthyChecks[sample.surface]);
}

/** The streak in words: whose count it is matters when an operator looks for it. */
export function describeStreak(sample: SurfaceSample, context: RuleContext): string {
  const streak = streakOf(sample, context);
  return sample.failureStreak === null && streak > 0
    ? `failure_streak=${streak} (unhealthy checks in a row)`
    : `failure_streak=${streak}`;
}

/** G5: no surface has a failure streak (seed 003, canary-1; spec/tau/rollout.md §3). */
export const failureStreakRule = figureRule("G5", {
  expected: "failure_streak=0",
  title: "cycles keep failing",
  remedy: "Mend what fails and run a cycle; one cycle without a failed case sets the streak to 0.",
  holds: (sample, context) => streakOf(sample, context) === 0,
  observed: describeStreak,
});
