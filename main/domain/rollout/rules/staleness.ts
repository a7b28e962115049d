import { surfaceRule, wholeFile } from "./cell";
import { describeAge, expectedFreshness, sourceReason, staleReason } from "./sample-evidence";

/** R-STALE: every surface has written since the phase was entered, and lately (spec/tau/rollout.md §3). */
export const stalenessRule = surfaceRule("R-STALE", (sample, context) => {
  const reason = sourceReason(sample) ?? staleReason(sample, context);
  return {
    expected: expectedFreshness(context),
    observed: describeAge(sample, context),
    record: sample.record ?? wholeFile(sample.path),
    reasons: reason === null ? [] : [reason],
  };
});
