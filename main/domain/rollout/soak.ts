import type { Instant, Observation } from "#contract/rollout/observation";
import type { SoakOutcome } from "#contract/rollout/verdict";
import { holdingRules, rulesOfPhase } from "./standing";
import type { Evaluation, RolloutState, Soak } from "./state";

/**
 * What a check does to the evidence time of its phase (docs/decisions/0007, in place of spec/tau/rollout.md §7
 * rows 13 and 14). Only the time between two passing checks of one session counts, at most two check intervals of it.
 */
export function soakOutcome(
  state: RolloutState,
  observation: Observation,
  evaluation: Evaluation,
): SoakOutcome {
  const { creditedMs, countingFrom } = state.soak;
  if (state.phase === "preflight") return { creditedMs: 0, addedMs: 0, outcome: "none" };
  if (evaluation.restartsSoak) return { creditedMs: 0, addedMs: 0, outcome: "restarted" };
  if (!letsTimeCount(state, evaluation)) return { creditedMs, addedMs: 0, outcome: "held" };
  const { at } = observation;
  if (countingFrom === null || countingFrom.session !== at.session)
    return { creditedMs, addedMs: 0, outcome: "started" };
  // Proven is what lies before the look at the surfaces, not what passed until it was judged.
  const gapMs = Math.max(0, at.monotonicMs - countingFrom.monotonicMs);
  const addedMs = Math.min(gapMs, 2 * state.profile.checkIntervalMs);
  return { creditedMs: creditedMs + addedMs, addedMs, outcome: "counted" };
}

/** The evidence time after a check whose outcome is recorded. */
export function soakAfter(state: RolloutState, observation: Observation, outcome: SoakOutcome): Soak {
  const counting = outcome.outcome === "counted" || outcome.outcome === "started";
  return {
    creditedMs: outcome.creditedMs,
    countingFrom: counting ? momentOfCheck(state, observation) : null,
  };
}

/** A checklist that is not filled in yet keeps a phase from ending, not its time from counting (G12). */
function letsTimeCount(state: RolloutState, evaluation: Evaluation): boolean {
  const rules = rulesOfPhase(state.profile, state.phase).filter((rule) => rule !== "G12");
  return (
    state.paused === null && evaluation.triggers.length === 0 && holdingRules(evaluation, rules).length === 0
  );
}

/**
 * From when a check lets time count: when it was observed, but not before the last thing that happened (an observation
 * may have begun before a pause ended or a phase was entered).
 */
function momentOfCheck({ lastInstant }: RolloutState, { at }: Observation): Instant {
  return at.session === lastInstant.session && at.monotonicMs < lastInstant.monotonicMs ? lastInstant : at;
}
