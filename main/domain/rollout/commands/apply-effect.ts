import type { RolloutEvent } from "#contract/rollout/journal";
import type { Effect, RolloutState } from "../state";

type EffectEvent = Extract<
  RolloutEvent,
  { type: "effect-attempted" | "effect-done" | "effect-failed" | "effect-retried" }
>;

/** Effects with a new one that is meant to be performed; without a hook (`effectId` null) there is none. */
export function intendEffect(
  effects: readonly Effect[],
  effectId: string | null,
  purpose: Effect["purpose"],
  percent: number,
  unixMs: number,
): readonly Effect[] {
  if (effectId === null) return effects;
  const intended: Effect = {
    effectId,
    purpose,
    percent,
    state: "intended",
    attempt: 0,
    detail: "",
    output: "",
    changedUnixMs: unixMs,
  };
  return [...effects, intended];
}

/** How an effect stands after it was attempted, done, failed, or asked for again. */
export function applyEffectEvent(state: RolloutState, event: EffectEvent): RolloutState {
  return {
    ...state,
    effects: state.effects.map((effect) =>
      effect.effectId === event.effectId
        ? { ...effect, ...effectChange(event), changedUnixMs: event.at.unixMs }
        : effect,
    ),
  };
}

function effectChange(event: EffectEvent): Partial<Effect> {
  switch (event.type) {
    case "effect-attempted":
      return { state: "attempted", attempt: event.attempt };
    case "effect-done":
      return { state: "done", detail: "", output: event.output };
    case "effect-failed":
      // What failed but has attempts left is as good as intended: it is to be attempted again.
      return { state: event.final ? "failed" : "intended", detail: event.detail, output: event.output };
    case "effect-retried":
      return { state: "intended", attempt: 0 };
  }
}
