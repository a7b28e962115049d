import { surfaceIds, type SurfaceId } from "#contract/identity";
import type { Observation, SurfaceSample } from "#contract/rollout/observation";
import { sampleOf } from "../rules/cell";
import { staleReason } from "../rules/sample-evidence";
import type { RolloutState } from "../state";

/** Whether a sample says anything for T1: a stale one neither extends nor resets its count (spec/tau/rollout.md §7 row 3). */
export function isCounted(sample: SurfaceSample, state: RolloutState, observation: Observation): boolean {
  const context = { state, observation, unhealthyChecks: state.unhealthyChecks };
  return sample.status !== "ok" || staleReason(sample, context) === null;
}

/** Whether a sample counts as degraded or failing; one that is missing or unreadable does (§7 rows 1 and 2). */
export const isUnhealthy = ({ status, healthState }: SurfaceSample): boolean =>
  status !== "ok" || healthState !== "healthy";

/**
 * Consecutive unhealthy checks of each surface, the observation's included (spec/tau/rollout.md §4 T1, §7 rows 1 to 3).
 * Preflight judges no surface, so what was unhealthy there is not the first of two checks.
 */
export function countUnhealthyChecks(
  state: RolloutState,
  observation: Observation,
): Record<SurfaceId, number> {
  const count = (surface: SurfaceId): number => {
    if (state.phase === "preflight") return 0;
    const sample = sampleOf(observation, surface);
    if (!isCounted(sample, state, observation)) return state.unhealthyChecks[surface];
    return isUnhealthy(sample) ? state.unhealthyChecks[surface] + 1 : 0;
  };
  return Object.fromEntries(surfaceIds.map((surface) => [surface, count(surface)])) as Record<
    SurfaceId,
    number
  >;
}
