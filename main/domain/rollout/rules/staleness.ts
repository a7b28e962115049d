import { surfaceRule, wholeFile } from "./cell";
import { sourceReason, staleReason } from "./sample-evidence";

/** R-STALE: every surface has written since the phase was entered, and lately (spec/tau/rollout.md §3). */
export const stalenessRule = surfaceRule("R-STALE", (sample, context) => {
  const reason = sourceReason(sample) ?? staleReason(sample, context);
  return {
    expected: `written since phase entry at ${context.state.phaseEnteredUnixMs}`,
    observed: `written at ${sample.updatedUnixMs}`,
    record: sample.record ?? wholeFile(sample.path),
    reasons: reason === null ? [] : [reason],
  };
});
