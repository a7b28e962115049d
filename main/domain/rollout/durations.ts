import type { RolloutEvent } from "#contract/rollout/journal";
import type { Durations } from "#contract/rollout/view";
import {
  holdingRules,
  isRunning,
  isSoakComplete,
  lastCheckOfPhase,
  pendingEffect,
  rulesOfPhase,
} from "./standing";
import type { RolloutState } from "./state";

/**
 * Where the time between the last event and this one went, added to what the present phase has taken so far. It is wall
 * time without what a jump of the clock adds or takes away; time nobody observed is held.
 */
export function durationsAfter(state: RolloutState, event: RolloutEvent, durations: Durations): Durations {
  if (!isRunning(state.status)) return durations;
  const jumpMs = event.type === "clock-jumped" ? event.byMs : 0;
  const elapsedMs = Math.max(0, event.at.unixMs - state.lastInstant.unixMs - jumpMs);
  const kind = event.at.session === state.lastInstant.session ? kindOfTime(state) : "heldMs";
  return { ...durations, [kind]: durations[kind] + elapsedMs };
}

/** What a running rollout does while nothing happens: it waits for an operator, collects evidence, or is held. */
function kindOfTime(state: RolloutState): keyof Durations {
  if (state.paused !== null || pendingEffect(state) !== null) return "heldMs";
  const check = lastCheckOfPhase(state);
  // Nothing was proven in this phase yet, so nothing counts.
  if (check === null) return "heldMs";
  if (!isSoakComplete(state)) return state.soak.countingFrom === null ? "heldMs" : "soakingMs";
  return holdingRules(check, rulesOfPhase(state.profile, state.phase)).length === 0 ? "waitingMs" : "heldMs";
}
