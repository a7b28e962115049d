import type { Baseline } from "#contract/rollout/journal";
import type { SurfaceSample } from "#contract/rollout/observation";
import type { RuleId } from "#contract/rollout/vocabulary";
import { surfaceRule, wholeFile, type Reason, type Rule, type RuleContext } from "./cell";
import { countsReason, describeNew, newCodeReasons } from "./new-codes";
import { logPathOf } from "./sample-evidence";

/** Why nothing can be counted yet: the phase the rule counts from has not been entered. */
export function noBaselineReason(sample: SurfaceSample, since: string): Reason {
  return {
    status: "no-samples",
    title: "No baseline to count from yet",
    expected: `occurrences counted since ${since}`,
    observed: "no baseline has been taken yet",
    remedy: `Wait until ${since}: the check it is decided on becomes the baseline.`,
    record: wholeFile(logPathOf(sample)),
  };
}

/** A gate under which codes stay flat on every surface, counted from a baseline of the rollout. */
export function codeRule(
  rule: RuleId,
  definition: {
    readonly codes: readonly string[];
    readonly since: string;
    readonly remedy: string;
    baseline(context: RuleContext): Baseline | null;
    tolerance(context: RuleContext): number;
  },
): Rule {
  return surfaceRule(rule, (sample, context) => {
    const { codes, since, remedy } = definition;
    const tolerance = definition.tolerance(context);
    const baseline = definition.baseline(context)?.surfaces[sample.surface];
    const expected = `${tolerance === 0 ? "no new" : `at most ${tolerance} new`} ${codes.join(" or ")} since ${since}`;
    const record =
      sample.log === null ? (sample.record ?? wholeFile(sample.path)) : wholeFile(sample.log.path);
    const judged = (observed: string, reasons: readonly Reason[]) => ({
      expected,
      observed,
      record,
      reasons,
    });
    const noEvidence = countsReason(sample);
    if (noEvidence !== null) return judged(noEvidence.observed, [noEvidence]);
    if (baseline === undefined)
      return judged("no baseline has been taken yet", [noBaselineReason(sample, since)]);
    return judged(
      describeNew(sample, baseline, codes),
      newCodeReasons(sample, { codes, baseline, tolerance, since, remedy }),
    );
  });
}
