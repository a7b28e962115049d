import type { Refusal } from "#contract/rollout/command";
import type { Instant } from "#contract/rollout/observation";
import { phaseLabels } from "#contract/rollout/vocabulary";
import { obstaclesTo } from "../obstacles";
import type { Decision, RolloutInput, RolloutState } from "../state";
import { decideAbort, decideRollback } from "./end";
import { decideRebaseline, decideRetry } from "./mend";
import type { CommandOutcome } from "./outcome";
import { decidePause, decideResume } from "./pause";
import { decidePromotion } from "./promote";

type CommandInput = Extract<RolloutInput, { kind: "command" }>;

/**
 * Decides a command of an operator. It is bound to the revision it was decided on: once another one is in force it is
 * refused, and shown again. What is so already stays so without an event; every other refusal is recorded.
 */
export function decideCommand(state: RolloutState, input: CommandInput, now: Instant): Decision {
  const { command } = input;
  if (command.rolloutId !== state.rolloutId) return otherRollout(state, command.rolloutId);
  const already = alreadySo(state, input, now);
  if (already !== null) return { events: [], refusal: null, message: already };
  const outcome = changedSince(state, input, now) ?? outcomeOf(state, input, now);
  if (!("refusal" in outcome)) return { events: outcome.events, refusal: null, message: outcome.message };
  const { refusal } = outcome;
  const { by } = input;
  const { reason } = command;
  return {
    events: [{ type: "command-refused", at: now, command: command.command, refusal, by, reason }],
    refusal,
    message: refusal.message,
  };
}

function outcomeOf(state: RolloutState, input: CommandInput, now: Instant): CommandOutcome {
  const { command } = input;
  switch (command.command) {
    case "pause":
      return decidePause(state, { ...input, command }, now);
    case "resume":
      return decideResume(state, { ...input, command }, now);
    case "promote":
      return decidePromotion(state, { ...input, command }, now);
    case "abort":
      return decideAbort(state, { ...input, command }, now);
    case "rollback":
      return decideRollback(state, { ...input, command }, now);
    case "rebaseline":
      return decideRebaseline(state, { ...input, command }, now);
    case "retry-hook":
      return decideRetry(state, { ...input, command }, now);
  }
}

/** Pausing what is paused and resuming what runs change nothing, on whatever state they were decided. */
function alreadySo(state: RolloutState, { command }: CommandInput, now: Instant): string | null {
  if (command.command !== "pause" && command.command !== "resume") return null;
  const refusal = obstaclesTo(state, command.command, now);
  return refusal?.code === "paused" || refusal?.code === "not-paused" ? refusal.message : null;
}

/** An ended rollout refuses as ended, which says more than that it changed. */
function changedSince(
  state: RolloutState,
  { command }: CommandInput,
  now: Instant,
): { readonly refusal: Refusal } | null {
  const { revision } = command;
  if (revision === state.revision || obstaclesTo(state, command.command, now)?.code === "rollout-ended")
    return null;
  return {
    refusal: {
      code: "state-changed",
      message: "The rollout has changed since this was decided; look at it again and confirm.",
      details: [
        `Revision: expected ${state.revision}, observed ${revision}.`,
        `It is in ${phaseLabels[state.phase]} (${state.status.replaceAll("_", " ")}) at ${state.percent} %.`,
      ],
    },
  };
}

function otherRollout(state: RolloutState, rolloutId: string): Decision {
  const refusal: Refusal = {
    code: "not-latest",
    message: "This is not the workspace's latest rollout, and only that one takes commands.",
    details: [`Rollout: expected ${state.rolloutId}, observed ${rolloutId}.`],
  };
  return { events: [], refusal, message: refusal.message };
}
