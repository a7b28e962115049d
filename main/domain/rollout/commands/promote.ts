import type { Actor, Refusal } from "#contract/rollout/command";
import type { CheckRecord, RolloutEvent } from "#contract/rollout/journal";
import type { Instant } from "#contract/rollout/observation";
import { phaseLabels, type PhaseId } from "#contract/rollout/vocabulary";
import { baselineOf } from "../baseline";
import { openFreezeWindow } from "../freeze-window";
import { obstaclesTo } from "../obstacles";
import { nextPhase, phaseProfile } from "../standing";
import type { RolloutState } from "../state";
import type { CommandInput, CommandOutcome } from "./outcome";
import { promotionObstacles, promotionRefusal } from "./promotion-obstacles";

type PhaseEntered = Extract<RolloutEvent, { type: "phase-entered" }>;

/**
 * Enters the next phase, or completes the rollout after the last one. Everything must be proven by recorded checks; a
 * reason of its own lifts an open freeze window and nothing else (docs/rollouts.md, Freeze windows).
 */
export function decidePromotion(
  state: RolloutState,
  input: CommandInput<"promote">,
  now: Instant,
): CommandOutcome {
  const { reason, freezeOverrideReason } = input.command;
  const refusal = promotionRefusalWith(state, freezeOverrideReason, now);
  const { lastCheck } = state;
  if (refusal !== null || lastCheck === null)
    return { refusal: refusal ?? { code: "no-check", message: "No check has been taken yet.", details: [] } };
  const phase = nextPhase(state.phase);
  if (phase === null)
    return {
      events: [{ type: "rollout-completed", at: now, by: input.by, reason }],
      message: `The rollout of ${state.candidate.version} is complete.`,
    };
  const promotion = {
    by: input.by,
    reason,
    effectId: input.effectId,
    freezeOverride: overrideOf(state, freezeOverrideReason, now),
  };
  const event = phaseEntered(state, lastCheck, phase, promotion, now);
  return { events: [event], message: `Entered ${phaseLabels[phase]} at ${event.percent} %.` };
}

/** The entry of a phase: its percent, and the counts of the check it was decided on as its baseline. */
export function phaseEntered(
  { profile }: RolloutState,
  { check, observation }: CheckRecord,
  phase: PhaseId,
  promotion: {
    readonly by: Actor;
    readonly reason: string;
    readonly effectId: string;
    readonly freezeOverride: PhaseEntered["freezeOverride"];
  },
  now: Instant,
): PhaseEntered {
  const { by, reason, effectId, freezeOverride } = promotion;
  return {
    type: "phase-entered",
    at: now,
    phase,
    percent: phaseProfile(profile, phase).percent,
    baseline: baselineOf(check, observation),
    freezeOverride,
    effectId: profile.percentHook === null ? null : effectId,
    by,
    reason,
  };
}

function promotionRefusalWith(state: RolloutState, override: string | null, now: Instant): Refusal | null {
  if (override === null) return obstaclesTo(state, "promote", now);
  const obstacles = promotionObstacles(state, now).filter(({ code }) => code !== "freeze-window");
  return promotionRefusal(obstacles);
}

function overrideOf(
  { profile }: RolloutState,
  reason: string | null,
  now: Instant,
): PhaseEntered["freezeOverride"] {
  const open = openFreezeWindow(profile, now.unixMs);
  return open === null || reason === null ? null : { window: open.window.id, reason };
}
