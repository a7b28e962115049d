import { surfaceLabels } from "#contract/identity";
import type { SurfaceBaseline } from "#contract/rollout/journal";
import type { SurfaceSample } from "#contract/rollout/observation";
import type { SurfaceRule } from "#contract/rollout/profile";
import { phaseIds } from "#contract/rollout/vocabulary";
import { newOccurrences } from "../baseline";
import { noBaselineReason } from "./code-rule";
import { surfaceRule, wholeFile, type Reason, type RuleContext } from "./cell";
import { countsReason, newCodeReasons } from "./new-codes";
import { areFiguresUsable, figuresReasons, logPathOf } from "./sample-evidence";

const since = "the phase was entered";

/** Why the surface's own guardrail does not let a promotion continue, or cannot be known; empty when it does. */
function guardrailReasons(sample: SurfaceSample, context: RuleContext): Reason[] {
  const reasons = figuresReasons(sample, context);
  if (areFiguresUsable(sample, context) && sample.rolloutGate !== "pass")
    reasons.push({
      status: "failed",
      title: `${surfaceLabels[sample.surface]}: its guardrail holds`,
      expected: "rollout_gate=pass",
      observed: `rollout_gate=${sample.rolloutGate}`,
      remedy: "Mend what its last cycle reports and run a cycle without a failed case.",
      record: sample.record ?? wholeFile(sample.path),
    });
  return reasons;
}

/** Rules of the profile for this surface that are in force in the present phase. */
function rulesInForce({ surface }: SurfaceSample, { state: { profile, phase } }: RuleContext): SurfaceRule[] {
  return profile.surfaceRules.filter(
    (rule) => rule.surface === surface && phaseIds.indexOf(phase) >= phaseIds.indexOf(rule.fromPhase),
  );
}

/** Codes that have not occurred in the phase yet: no evidence that the surface does its work, one reason for each. */
function advanceReasons(
  sample: SurfaceSample,
  baseline: SurfaceBaseline,
  codes: readonly string[],
): Reason[] {
  return codes
    .filter((code) => newOccurrences(sample, baseline, code).delta < 1)
    .map((code) => ({
      status: "no-samples",
      title: `${surfaceLabels[sample.surface]}: no ${code} in this phase yet`,
      expected: `at least one ${code} since ${since}`,
      observed: `${code} +0 in ${logPathOf(sample)}`,
      remedy: `Run a cycle that reports ${code}.`,
      record: wholeFile(logPathOf(sample)),
    }));
}

function codeReasons(sample: SurfaceSample, context: RuleContext): Reason[] {
  const rules = rulesInForce(sample, context);
  const noEvidence = countsReason(sample);
  if (rules.length === 0) return [];
  if (noEvidence !== null) return [noEvidence];
  const baseline = context.state.baselines.phase?.surfaces[sample.surface];
  if (baseline === undefined) return [noBaselineReason(sample, since)];
  const codesOf = (kind: SurfaceRule["kind"]): string[] => [
    ...new Set(rules.flatMap((rule) => (rule.kind === kind ? rule.codes : []))),
  ];
  const remedy =
    "Find out what made it occur; it stays within this phase unless an operator rebaselines a renewed log.";
  return [
    ...advanceReasons(sample, baseline, codesOf("advances")),
    ...newCodeReasons(sample, { codes: codesOf("flat"), baseline, tolerance: 0, since, remedy }),
  ];
}

/**
 * G13: what a surface's runbook asks besides (spec/tau/live-run.md §7, rollout.md §3): its guardrail passes, and the
 * codes the profile names advance or stay flat since the phase was entered.
 */
export const surfaceExtrasRule = surfaceRule("G13", (sample, context) => {
  const guardrail = guardrailReasons(sample, context);
  // A log that cannot be counted is one record, however many parts of the rule it keeps from being judged.
  const uncounted = countsReason(sample)?.record?.path;
  const isTold = guardrail.some(({ record }) => record?.path === uncounted);
  const codes = isTold ? [] : codeReasons(sample, context);
  const rules = rulesInForce(sample, context).map(({ kind, codes: named }) => `${named.join(", ")} ${kind}`);
  return {
    expected: ["rollout_gate=pass", ...rules].join("; "),
    observed: ["rollout_gate=pass", ...rules].join("; "),
    record: sample.record ?? wholeFile(sample.path),
    reasons: [...guardrail, ...codes],
  };
});
