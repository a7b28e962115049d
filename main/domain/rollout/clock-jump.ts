import type { RolloutEvent } from "#contract/rollout/journal";
import type { Instant } from "#contract/rollout/observation";

/** How far the two clocks may drift apart between two looks before it is a jump, milliseconds. */
export const toleratedDriftMs = 2_000;

/**
 * The event that says by how much the wall clock moved against the monotonic one since `before`; null when it did not,
 * or when the two moments are of different sessions, whose monotonic times do not compare.
 */
export function clockJump(before: Instant, now: Instant): RolloutEvent | null {
  if (before.session !== now.session) return null;
  const byMs = Math.round(now.unixMs - before.unixMs - (now.monotonicMs - before.monotonicMs));
  return Math.abs(byMs) > toleratedDriftMs ? { type: "clock-jumped", at: now, byMs } : null;
}
