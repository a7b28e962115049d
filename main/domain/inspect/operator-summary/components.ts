import type { SurfaceStatus } from "../status/report";
import type { ComponentRow } from "./report";

/** Surfaces of the operator control summary, in its order (spec/tau/health.md §5). Memory and browser automation are none. */
export const summaryComponents = [
  "dashboard",
  "multi-channel",
  "multi-agent",
  "gateway",
  "deployment",
  "custom-command",
  "voice",
] as const;
export type SummaryComponent = (typeof summaryComponents)[number];

/** Row of a surface whose status could be read. */
export function componentRow(
  component: SummaryComponent,
  status: SurfaceStatus,
  statePath: string,
): ComponentRow {
  return {
    component,
    health_state: status.classification.state,
    health_reason: status.healthReason,
    rollout_gate: status.rolloutGate,
    reason_code: status.reasonCode ?? `${component.replaceAll("-", "_")}_status`,
    recommendation: status.classification.recommendation,
    queue_depth: status.health.queue_depth,
    failure_streak: status.health.failure_streak,
    state_path: statePath,
  };
}

/** Row of a surface whose status cannot be read: it fails and holds (spec/tau/health.md §5). */
export function unavailableComponent(
  component: SummaryComponent,
  error: string,
  statePath: string,
): ComponentRow {
  return {
    component,
    health_state: "failing",
    health_reason: `status unavailable: ${error}`,
    rollout_gate: "hold",
    reason_code: "state_unavailable",
    recommendation: "run the surface once, or repair its state directory",
    queue_depth: 0,
    failure_streak: 0,
    state_path: statePath,
  };
}
