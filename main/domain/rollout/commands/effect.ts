import type { Instant } from "#contract/rollout/observation";
import { pendingEffect } from "../standing";
import type { Decision, RolloutInput, RolloutState } from "../state";

/**
 * An effect is about to be attempted: `effect-attempted` says it may. Without that event it must not be started: it is
 * done, superseded, out of attempts, or not wanted any more because the rollout has ended. An attempt that was the last
 * one and left no result (neither a process nor a receipt) has failed for good.
 */
export function decideAttempt(state: RolloutState, effectId: string, now: Instant): Decision {
  const effect = pendingEffect(state);
  if (effect === null || effect.effectId !== effectId || effect.state === "failed")
    return nothing("This effect is not to be attempted.");
  const attempts = attemptsOf(state);
  if (effect.attempt < attempts)
    return done(
      { type: "effect-attempted", at: now, effectId, attempt: effect.attempt + 1 },
      "Attempts the effect.",
    );
  const detail = `attempt ${effect.attempt} of ${attempts} left no result`;
  return done(
    { type: "effect-failed", at: now, effectId, attempt: effect.attempt, detail, output: "", final: true },
    `Gave the effect up: ${detail}.`,
  );
}

/** What an attempt came to. Only an attempt under way has a result: a second one of the same attempt is nothing new. */
export function decideResult(
  state: RolloutState,
  { effectId, ok, detail, output }: Extract<RolloutInput, { kind: "effect-result" }>,
  now: Instant,
): Decision {
  const effect = state.effects.find((candidate) => candidate.effectId === effectId);
  if (effect?.state !== "attempted") return nothing("No attempt of this effect is under way.");
  const { attempt } = effect;
  if (ok) return done({ type: "effect-done", at: now, effectId, attempt, output }, "The effect is done.");
  const final = attempt >= attemptsOf(state) || pendingEffect(state)?.effectId !== effectId;
  return done(
    { type: "effect-failed", at: now, effectId, attempt, detail, output, final },
    "The attempt failed.",
  );
}

function attemptsOf({ profile }: RolloutState): number {
  return profile.percentHook?.attempts ?? 0;
}

function nothing(message: string): Decision {
  return { events: [], refusal: null, message };
}

function done(event: Decision["events"][number], message: string): Decision {
  return { events: [event], refusal: null, message };
}
