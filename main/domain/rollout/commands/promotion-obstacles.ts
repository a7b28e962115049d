import { surfaceIds, surfaceLabels } from "#contract/identity";
import type { Refusal } from "#contract/rollout/command";
import type { CheckRecord } from "#contract/rollout/journal";
import type { Instant } from "#contract/rollout/observation";
import { phaseLabels, type RuleId } from "#contract/rollout/vocabulary";
import { describeSpan } from "../../freshness";
import { openFreezeWindow } from "../freeze-window";
import {
  holdingRules,
  isSoakComplete,
  lastCheckOfPhase,
  pendingEffect,
  phaseProfile,
  rulesOfPhase,
} from "../standing";
import type { RolloutState } from "../state";

/**
 * Everything that stands against leaving the present phase of a running rollout, the gravest first and a freeze window
 * last; empty when the promotion is proven (spec/tau/rollout.md §2; docs/rollouts.md, Checks and soak).
 */
export function promotionObstacles(state: RolloutState, now: Instant): Refusal[] {
  return [
    ...triggerObstacles(state),
    ...pauseObstacles(state),
    ...hookObstacles(state),
    ...checkObstacles(state, now),
    ...soakObstacles(state),
    ...freezeObstacles(state, now),
  ];
}

/** One refusal for all of these: the first names it, every one has its lines. Null when there are none. */
export function promotionRefusal(obstacles: readonly Refusal[]): Refusal | null {
  const [first] = obstacles;
  if (first === undefined) return null;
  return { ...first, details: obstacles.flatMap(({ details }) => details) };
}

function triggerObstacles({ triggers }: RolloutState): Refusal[] {
  if (triggers.length === 0) return [];
  return [
    {
      code: "gates-hold",
      message: "A rollback trigger has fired, and only a new rollout clears it.",
      details: triggers.map(({ trigger, check }) => `${trigger} fired in check ${check}.`),
    },
  ];
}

function pauseObstacles({ paused }: RolloutState): Refusal[] {
  if (paused === null) return [];
  const line = `Paused by ${paused.by.name}: ${paused.reason}`;
  return [{ code: "paused", message: "The rollout is paused; resume it first.", details: [line] }];
}

function hookObstacles(state: RolloutState): Refusal[] {
  const effect = pendingEffect(state);
  if (effect === null) return [];
  const detail = effect.detail === "" ? "" : `: ${effect.detail}`;
  return [
    {
      code: "hook-not-done",
      message: `The hook has not given ${effect.percent} % yet.`,
      details: [
        `R-HOOK: expected effect ${effect.effectId} done, observed ${effect.state} after ${effect.attempt === 1 ? "1 attempt" : `${effect.attempt} attempts`}${detail}`,
      ],
    },
  ];
}

function checkObstacles(state: RolloutState, now: Instant): Refusal[] {
  const check = lastCheckOfPhase(state);
  const where = phaseLabels[state.phase];
  if (check === null) {
    const message = `No check has been taken in ${where} yet, and no evidence is never a pass.`;
    return [{ code: "no-check", message, details: [`${where}: expected a passing check, observed none.`] }];
  }
  return [...ageObstacles(state, check, now), ...gateObstacles(state, check)];
}

function ageObstacles({ profile }: RolloutState, check: CheckRecord, now: Instant): Refusal[] {
  const { at } = check.observation;
  const maximumMs = 2 * profile.checkIntervalMs;
  const ageMs = now.monotonicMs - at.monotonicMs;
  if (at.session === now.session && ageMs <= maximumMs) return [];
  const observed =
    at.session === now.session ? `${describeSpan(ageMs)} ago` : "before the console was last started";
  return [
    {
      code: "evidence-old",
      message: `Check ${check.check} is too old to decide on; take another one.`,
      details: [
        `Check ${check.check}: expected at most ${describeSpan(maximumMs)} old, observed ${observed}.`,
      ],
    },
  ];
}

function gateObstacles({ profile, phase }: RolloutState, check: CheckRecord): Refusal[] {
  const holding = holdingRules(check, rulesOfPhase(profile, phase));
  if (holding.length === 0) return [];
  return [
    {
      code: "gates-hold",
      message: `${holding.join(", ")} did not pass in check ${check.check}.`,
      details: holding.flatMap((rule) => ruleLines(check, rule)),
    },
  ];
}

/** What a rule that holds says: its findings, or else its statuses. */
function ruleLines(check: CheckRecord, rule: RuleId): string[] {
  const findings = check.findings.filter((finding) => finding.rule === rule);
  if (findings.length > 0)
    return findings.map(
      ({ surface, expected, observed }) =>
        `${rule}${surface === null ? "" : ` ${surfaceLabels[surface]}`}: expected ${expected}, observed ${observed}`,
    );
  const statuses = check.verdicts.find((verdict) => verdict.rule === rule)?.statuses ?? [];
  if (statuses.length === 0) return [`${rule}: expected passed, observed no verdict`];
  return statuses.flatMap((status, index) => {
    const surface = statuses.length === 1 ? undefined : surfaceIds[index];
    const name = surface === undefined ? "" : ` ${surfaceLabels[surface]}`;
    return status === "passed" ? [] : [`${rule}${name}: expected passed, observed ${status}`];
  });
}

function soakObstacles(state: RolloutState): Refusal[] {
  if (isSoakComplete(state)) return [];
  const { minimumSoakMs } = phaseProfile(state.profile, state.phase);
  const where = phaseLabels[state.phase];
  const remaining = describeSpan(Math.ceil((minimumSoakMs - state.soak.creditedMs) / 1_000) * 1_000);
  return [
    {
      code: "soak-incomplete",
      message: `${where} needs ${remaining} more of passing checks.`,
      details: [
        `Soak of ${where}: expected ${describeSpan(minimumSoakMs)}, observed ${describeSpan(state.soak.creditedMs)}.`,
      ],
    },
  ];
}

function freezeObstacles({ profile }: RolloutState, now: Instant): Refusal[] {
  const open = openFreezeWindow(profile, now.unixMs);
  if (open === null) return [];
  const until = new Date(open.untilUnixMs).toISOString();
  return [
    {
      code: "freeze-window",
      message: `The freeze window "${open.window.title}" is open; promoting in it needs a reason of its own.`,
      details: [`Freeze window ${open.window.id}: open until ${until}.`],
    },
  ];
}
