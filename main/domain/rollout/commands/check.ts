import type { RolloutEvent } from "#contract/rollout/journal";
import type { Instant } from "#contract/rollout/observation";
import { evaluateCheck } from "../evaluate";
import { evolve } from "../evolve";
import { obstaclesTo } from "../obstacles";
import { automaticPhase, isRunning } from "../standing";
import { soakOutcome } from "../soak";
import type { Decision, Evaluation, RolloutInput, RolloutState } from "../state";
import { engineActor } from "./apply-ending";
import { phaseEntered } from "./promote";
import { rollbackOpened } from "./end";

type CheckInput = Extract<RolloutInput, { kind: "check" }>;
type CheckRecorded = Extract<RolloutEvent, { type: "check-recorded" }>;

/**
 * Judges one observation (spec/tau/rollout.md §4, `evaluate`): records it, and in the same entry what follows from it,
 * be it a rollback, a block, or a promotion the profile leaves to itself.
 */
export function decideCheck(state: RolloutState, input: CheckInput, now: Instant): Decision {
  // Scheduled checks and those before a promotion come as they must; distance is asked of those by hand.
  const refusal =
    input.trigger === "manual" || !isRunning(state.status) ? obstaclesTo(state, "check", now) : null;
  if (refusal !== null) return { events: [], refusal, message: refusal.message };
  const evaluation = evaluateCheck(state, input.observation);
  const recorded = recordCheck(state, input, evaluation, now);
  const consequences =
    evaluation.triggers.length > 0
      ? triggerEvents(state, evaluation, input.effectId, now)
      : automaticPromotion(evolve(state, recorded), input, now);
  return {
    events: [recorded, ...consequences],
    refusal: null,
    message: `Recorded check ${recorded.check}.`,
  };
}

function recordCheck(
  state: RolloutState,
  { trigger, observation }: CheckInput,
  evaluation: Evaluation,
  now: Instant,
): CheckRecorded {
  return {
    type: "check-recorded",
    at: now,
    check: state.checks + 1,
    trigger,
    observation,
    verdicts: [...evaluation.verdicts],
    findings: [...evaluation.findings],
    soak: soakOutcome(state, observation, evaluation),
    unhealthyChecks: evaluation.unhealthyChecks,
  };
}

/** All that fired are recorded; the gravest names the one rollback. Preflight has nothing to roll back (§4). */
function triggerEvents(
  state: RolloutState,
  { triggers }: Evaluation,
  effectId: string,
  now: Instant,
): RolloutEvent[] {
  const check = state.checks + 1;
  const fired: RolloutEvent[] = triggers.map(({ trigger, findings }, index) => ({
    type: "trigger-fired",
    at: now,
    trigger,
    primary: index === 0,
    check,
    findings: [...findings],
  }));
  const [first] = triggers;
  if (first === undefined) return fired;
  const { trigger } = first;
  if (state.phase === "preflight") return [...fired, { type: "blocked", at: now, trigger }];
  const observed = first.findings[0]?.observed;
  const reason = `${trigger} fired in check ${check}${observed === undefined ? "" : `: ${observed}`}`;
  return [...fired, rollbackOpened(state, { trigger, by: engineActor, reason, effectId }, now)];
}

/**
 * The promotion a profile leaves to itself, once everything an operator would need holds. A check taken for an
 * operator's promotion leaves it to them, and completion always waits for one.
 */
function automaticPromotion(
  state: RolloutState,
  { trigger, effectId }: CheckInput,
  now: Instant,
): RolloutEvent[] {
  const phase = automaticPhase(state);
  const { lastCheck, profile } = state;
  if (trigger === "promotion" || phase === null || lastCheck === null) return [];
  if (obstaclesTo(state, "promote", now) !== null) return [];
  const reason = `The profile ${profile.id} promotes by itself through ${profile.automaticPromotionThrough}.`;
  const promotion = { by: engineActor, reason, effectId, freezeOverride: null };
  return [phaseEntered(state, lastCheck, phase, promotion, now)];
}
