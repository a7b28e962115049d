import type { Refusal } from "#contract/rollout/command";
import { rolloutEventSchema } from "#contract/rollout/journal";
import type { Instant } from "#contract/rollout/observation";
import { clockJump } from "./clock-jump";
import { decideCheck } from "./commands/check";
import { decideCommand } from "./commands/command";
import { decideAttempt, decideResult } from "./commands/effect";
import { decideSession } from "./commands/session";
import { decideStart } from "./commands/start";
import { evolve } from "./evolve";
import type { Decide, Decision, RolloutInput, RolloutState } from "./state";

const noRollout: Refusal = {
  code: "nothing-to-do",
  message: "There is no rollout in this workspace; start one first.",
  details: [],
};

/**
 * What one input leads to: events to journal as one entry, in their order, and why a command was refused. Pure. `now` is
 * the moment of the decision on both clocks. A jump of the wall clock since the last event comes first, so that
 * everything after it is judged by the clock as it is (docs/rollouts.md, Checks and soak).
 */
export const decide: Decide = (state, input, now) => {
  const decision = decideWithJump(state, input, now);
  // Exactly as the journal gives it back, to the order of keys: so that the live state is the replayed one.
  return { ...decision, events: decision.events.map((event) => rolloutEventSchema.parse(event)) };
};

function decideWithJump(state: RolloutState | null, input: RolloutInput, now: Instant): Decision {
  if (input.kind === "start") return decideStart(state, input, now);
  if (state === null) return { events: [], refusal: noRollout, message: noRollout.message };
  const jump = clockJump(state.lastInstant, now);
  const decision = decideOn(jump === null ? state : evolve(state, jump), input, now);
  if (jump === null || decision.events.length === 0) return decision;
  return { ...decision, events: [jump, ...decision.events] };
}

function decideOn(
  state: RolloutState,
  input: Exclude<RolloutInput, { kind: "start" }>,
  now: Instant,
): Decision {
  switch (input.kind) {
    case "check":
      return decideCheck(state, input, now);
    case "command":
      return decideCommand(state, input, now);
    case "session":
      return decideSession(state, input.repairedBytes, now);
    case "effect-attempt":
      return decideAttempt(state, input.effectId, now);
    case "effect-result":
      return decideResult(state, input, now);
  }
}
