import type { Instant } from "#contract/rollout/observation";
import type { RolloutView } from "#contract/rollout/view";
import { phaseLabels } from "#contract/rollout/vocabulary";
import { isRunning, isSoakComplete, lastCheckOfPhase, pendingEffect, phaseProfile } from "./standing";
import type { RolloutState } from "./state";
import { describeFinding, distinctReasons, presentFindings } from "./view-findings";
import { describeMoment } from "./view-words";

/** Evidence time the present phase must collect, milliseconds. */
export function requiredSoakMs({ profile, phase }: RolloutState): number {
  return phaseProfile(profile, phase).minimumSoakMs;
}

/** Whether time counts now: from a passing check that the clock of this session can be compared with. */
function isCounting(state: RolloutState, now: Instant): boolean {
  return (
    isRunning(state.status) &&
    state.paused === null &&
    state.soak.countingFrom !== null &&
    state.soak.countingFrom.session === now.session
  );
}

/** How far the evidence of the present phase reaches. Nothing is credited here that no check has recorded. */
export function soakView(state: RolloutState, now: Instant): RolloutView["soak"] {
  const requiredMs = requiredSoakMs(state);
  const { creditedMs, countingFrom } = state.soak;
  const complete = isSoakComplete(state);
  const counting = requiredMs > 0 && isCounting(state, now);
  return {
    requiredMs,
    creditedMs,
    remainingMs: Math.max(0, requiredMs - creditedMs),
    complete,
    counting,
    countingSinceUnixMs: counting ? (countingFrom?.unixMs ?? null) : null,
    stoppedBy: counting || complete || requiredMs === 0 ? [] : soakObstacles(state, now),
  };
}

/** Why time does not count now, one line each, the gravest first (docs/rollouts.md). */
function soakObstacles(state: RolloutState, now: Instant): string[] {
  if (!isRunning(state.status)) return ["The rollout has ended: nothing counts any more."];
  const obstacles = [...pauseObstacle(state, now), ...hookObstacle(state)];
  const check = lastCheckOfPhase(state);
  if (check === null)
    return [
      ...obstacles,
      `No check in ${phaseLabels[state.phase]} yet: time counts from the first one that passes.`,
    ];
  const reasons = distinctReasons(presentFindings(state))
    // A checklist that is not filled in yet keeps a phase from ending, not its time from counting.
    .filter(({ rule }) => rule !== "G12" && rule !== "R-HOOK")
    .map(describeFinding);
  if (obstacles.length + reasons.length > 0) return [...obstacles, ...reasons];
  if (check.findings.some(({ rule }) => rule === "R-HOOK"))
    return [
      `Check ${check.check} was taken before the hook was done: time counts from the next check that passes.`,
    ];
  return [
    `Nobody watched between check ${state.checks} and now: time counts again from the next check that passes.`,
  ];
}

function pauseObstacle({ paused }: RolloutState, now: Instant): string[] {
  return paused === null
    ? []
    : [
        `Paused by ${paused.by.name} since ${describeMoment(paused.sinceUnixMs, now.unixMs)}: ${paused.reason}`,
      ];
}

function hookObstacle(state: RolloutState): string[] {
  const effect = pendingEffect(state);
  return effect === null ? [] : [hookStanding(state, effect)];
}

/** How the giving of a percent stands that is not done, as a sentence. */
export function hookStanding({ profile }: RolloutState, effect: RolloutState["effects"][number]): string {
  const attempts = profile.percentHook?.attempts ?? effect.attempt;
  const detail = effect.detail === "" ? "" : `: ${effect.detail}`;
  if (effect.state === "failed")
    return `The hook failed to give ${effect.percent} % after ${effect.attempt} of ${attempts} ${attempts === 1 ? "attempt" : "attempts"}${detail}`;
  return effect.attempt === 0
    ? `The hook has not been asked to give ${effect.percent} % yet`
    : `The hook has not given ${effect.percent} % yet (attempt ${effect.attempt} of ${attempts})${detail}`;
}
