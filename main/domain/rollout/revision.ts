import { invalidBaselines, isSoakComplete, lastCheckOfPhase, pendingEffect, rulesOfPhase } from "./standing";
import type { RolloutState } from "./state";

/**
 * Everything an operator's decision rests on, as one text; two states with the same text are decided alike. Credited
 * time, numbers of checks and moments are not part of it, or every check would refuse the command being typed.
 */
export function decisionFingerprint(state: RolloutState): string {
  const check = lastCheckOfPhase(state);
  const rules = rulesOfPhase(state.profile, state.phase);
  const effect = pendingEffect(state);
  return JSON.stringify([
    state.status,
    state.phase,
    state.paused !== null,
    check === null
      ? null
      : [
          check.verdicts
            .filter(({ rule }) => rules.includes(rule))
            .map(({ rule, statuses }) => [rule, ...statuses].join()),
          check.findings.map(({ rule, surface, status }) => [rule, surface, status].join()),
        ],
    state.triggers.map(({ trigger }) => trigger),
    isSoakComplete(state),
    invalidBaselines(state),
    effect === null ? null : [effect.effectId, effect.state === "failed"],
  ]);
}
