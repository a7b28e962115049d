import type { HealthSnapshot } from "#contract/health";
import type { HealthState } from "#contract/identity";

/** What a health snapshot means: its state, the sentence that says why, and what to do. */
export interface HealthClassification {
  readonly state: Exclude<HealthState, "unknown">;
  readonly reason: string;
  readonly recommendation: string;
}

/**
 * The only classification rule (spec/tau/health.md §2): three failing cycles in a row are failing, any recent failure
 * is degraded. Age plays no part; freshness is judged elsewhere.
 */
export function classifyHealth(
  health: Pick<HealthSnapshot, "failure_streak" | "last_cycle_failed">,
): HealthClassification {
  const { failure_streak: streak, last_cycle_failed: failed } = health;
  if (streak >= 3) {
    return {
      state: "failing",
      reason: `transport failures are sustained (failure_streak=${streak})`,
      recommendation: "check credentials and connectivity, then restart the worker",
    };
  }
  if (streak > 0 || failed > 0) {
    return {
      state: "degraded",
      reason: `recent transport failures observed (failure_streak=${streak}, last_cycle_failed=${failed})`,
      recommendation: "inspect the logs and watch the next cycle",
    };
  }
  return {
    state: "healthy",
    reason: "no recent transport failures observed",
    recommendation: "no immediate action required",
  };
}
