import type { Actor } from "#contract/rollout/command";
import type { RolloutEvent } from "#contract/rollout/journal";
import type { Instant } from "#contract/rollout/observation";
import { phaseLabels, type TriggerId } from "#contract/rollout/vocabulary";
import { obstaclesTo } from "../obstacles";
import type { RolloutState } from "../state";
import type { CommandInput, CommandOutcome } from "./outcome";

/** Ends the rollout where it stands; the declared percent stays, and only a rollback takes it back. */
export function decideAbort(state: RolloutState, input: CommandInput<"abort">, now: Instant): CommandOutcome {
  const refusal = obstaclesTo(state, "abort", now);
  if (refusal !== null) return { refusal };
  return {
    events: [{ type: "aborted", at: now, by: input.by, reason: input.command.reason }],
    message: `Aborted in ${phaseLabels[state.phase]}; the percent stays ${state.percent} as declared.`,
  };
}

/** Freezes the rollout and opens the rollback workflow (seed 003, rollback execution step 1). */
export function decideRollback(
  state: RolloutState,
  input: CommandInput<"rollback">,
  now: Instant,
): CommandOutcome {
  const refusal = obstaclesTo(state, "rollback", now);
  if (refusal !== null) return { refusal };
  const { by, effectId, command } = input;
  return {
    events: [rollbackOpened(state, { trigger: null, by, reason: command.reason, effectId }, now)],
    message: `Rolling back from ${phaseLabels[state.phase]}; the percent is 0.`,
  };
}

/** The opening of a rollback: percent 0, given to the world by the hook where the profile has one. */
export function rollbackOpened(
  { profile, phase }: RolloutState,
  rollback: {
    readonly trigger: TriggerId | null;
    readonly by: Actor;
    readonly reason: string;
    readonly effectId: string;
  },
  now: Instant,
): Extract<RolloutEvent, { type: "rollback-opened" }> {
  const { trigger, by, reason, effectId } = rollback;
  return {
    type: "rollback-opened",
    at: now,
    trigger,
    phase,
    percent: 0,
    effectId: profile.percentHook === null ? null : effectId,
    by,
    reason,
  };
}
