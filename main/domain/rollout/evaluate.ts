import { surfaceIds } from "#contract/identity";
import type { Observation } from "#contract/rollout/observation";
import { gateIds, ruleIds, triggerSeverity, type RuleId } from "#contract/rollout/vocabulary";
import { sampleOf, type JudgedCell, type RuleContext } from "./rules/cell";
import { rules } from "./rules/rules";
import { rulesOfPhase } from "./standing";
import type { EvaluateCheck, Evaluation, RolloutState } from "./state";
import { triggers } from "./triggers/triggers";
import { countUnhealthyChecks } from "./triggers/unhealthy-checks";

/** Gates whose missing or unreadable sample counts as a failing one (spec/tau/rollout.md §7 row 2). */
const sampleGates: readonly RuleId[] = ["G4", "G5", "G6", "G7", "G9", "G13"];

/**
 * Judges one observation in one state (spec/tau/rollout.md §§3, 4 and 7): every rule, the findings of those that hold,
 * and the triggers whose condition is true. Changes nothing and knows no time but the observation's.
 */
export const evaluateCheck: EvaluateCheck = (state, observation) => {
  const unhealthyChecks = countUnhealthyChecks(state, observation);
  const context: RuleContext = { state, observation, unhealthyChecks };
  const judged = ruleIds.map((rule) => ({ rule, cells: rules[rule](context) }));
  const demandedRules = rulesOfPhase(state.profile, state.phase);
  const demanded = judged.filter(({ rule }) => demandedRules.includes(rule));
  return {
    verdicts: judged.map(({ rule, cells }) => ({ rule, statuses: cells.map(({ status }) => status) })),
    findings: demanded.flatMap(({ cells }) => cells.flatMap(({ findings }) => findings)),
    triggers: firedTriggers(context),
    allPass: demanded.every(({ cells }) => cells.every(({ status }) => status === "passed")),
    restartsSoak: demanded.some(({ rule, cells }) => restartsSoak(rule, cells, observation)),
    unhealthyChecks,
  };
};

/**
 * Whether a rule that holds makes the evidence so far void: a gate failed, or has a sample that counts as failing. The
 * checklist never does, and neither do the standing rules.
 */
function restartsSoak(rule: RuleId, cells: readonly JudgedCell[], observation: Observation): boolean {
  if (rule === "G12" || !gateIds.some((gate) => gate === rule)) return false;
  if (cells.some(({ status }) => status === "failed")) return true;
  if (!sampleGates.includes(rule)) return false;
  const surfaces = rule === "G9" ? (["browser-automation"] as const) : surfaceIds;
  return surfaces.some((surface) => sampleOf(observation, surface).status !== "ok");
}

/** Preflight can only fail its validation: it has put nothing into the world yet (spec/tau/rollout.md §4). */
function firedTriggers(context: RuleContext): Evaluation["triggers"] {
  const { state } = context;
  return triggerSeverity
    .filter((trigger) => isEvaluated(trigger, state))
    .map((trigger) => ({ trigger, findings: triggers[trigger](context) }))
    .filter(({ findings }) => findings.length > 0);
}

function isEvaluated(trigger: (typeof triggerSeverity)[number], state: RolloutState): boolean {
  const isLatched = state.triggers.some((fired) => fired.trigger === trigger);
  return !isLatched && (state.phase !== "preflight" || trigger === "T5");
}
