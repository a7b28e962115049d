import { surfaceIds } from "#contract/identity";
import type { SurfaceId } from "#contract/identity";
import type { SurfaceSample } from "#contract/rollout/observation";
import type { Finding } from "#contract/rollout/verdict";
import type { TriggerId } from "#contract/rollout/vocabulary";
import { maximumFindings, sampleOf, type Reason, type RuleContext } from "../rules/cell";

/** Looks for a trigger's condition; it is true when there is a finding. */
export type Trigger = (context: RuleContext) => readonly Finding[];

/** A trigger's reasons as its findings, at most as many as are kept of one rule and surface. */
export function triggerFindings(
  trigger: TriggerId,
  surface: SurfaceId | null,
  reasons: readonly Reason[],
): Finding[] {
  return reasons.slice(0, maximumFindings).map((reason) => ({ ...reason, rule: trigger, surface }));
}

/** A trigger that any of the five surfaces can fire. */
export const surfaceTrigger =
  (
    trigger: TriggerId,
    reasons: (sample: SurfaceSample, context: RuleContext) => readonly Reason[],
  ): Trigger =>
  (context) =>
    surfaceIds.flatMap((surface) =>
      triggerFindings(trigger, surface, reasons(sampleOf(context.observation, surface), context)),
    );
