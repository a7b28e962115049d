import { surfaceLabels } from "#contract/identity";
import type { Instant } from "#contract/rollout/observation";
import { baselineOf } from "../baseline";
import { obstaclesTo, refuseRebaseline } from "../obstacles";
import { pendingEffect } from "../standing";
import type { RolloutState } from "../state";
import type { CommandInput, CommandOutcome } from "./outcome";

/**
 * Takes the counts of the last check as the new baseline of a surface whose log was truncated, rotated or replaced
 * (spec/tau/rollout.md §7 row 11). What the new log held by then was judged as new by that check.
 */
export function decideRebaseline(
  state: RolloutState,
  input: CommandInput<"rebaseline">,
  now: Instant,
): CommandOutcome {
  const { surface, reason } = input.command;
  const refusal = obstaclesTo(state, "rebaseline", now) ?? refuseRebaseline(state, [surface]);
  if (refusal !== null || state.lastCheck === null)
    return { refusal: refusal ?? { code: "no-check", message: "No check has been taken yet.", details: [] } };
  const { check, observation } = state.lastCheck;
  const baseline = baselineOf(check, observation).surfaces[surface];
  return {
    events: [{ type: "rebaselined", at: now, surface, check, baseline, by: input.by, reason }],
    message: `${surfaceLabels[surface]} is counted from check ${check} on.`,
  };
}

/** Has a hook that failed for good run again, with all its attempts anew. */
export function decideRetry(
  state: RolloutState,
  input: CommandInput<"retry-hook">,
  now: Instant,
): CommandOutcome {
  const refusal = obstaclesTo(state, "retry-hook", now);
  const effect = pendingEffect(state);
  if (refusal !== null || effect === null)
    return {
      refusal: refusal ?? { code: "nothing-to-do", message: "No hook waits to be run.", details: [] },
    };
  const { effectId, percent } = effect;
  return {
    events: [{ type: "effect-retried", at: now, effectId, by: input.by, reason: input.command.reason }],
    message: `The hook is run again to give ${percent} %.`,
  };
}
