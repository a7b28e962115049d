import type { Reason } from "../rules/cell";
import { wholeFile } from "../rules/cell";
import { describeConclusion, isOfCandidate } from "../rules/continuous-integration";
import { describeReport, isOfOtherCandidate } from "../rules/harness";
import { triggerFindings, type Trigger } from "./trigger";

const remedy = "Block the merge and the sign-off; mend what failed and start a new rollout.";

/**
 * T5: the unified harness or CI's live-smoke matrix failed for this candidate, in every phase (seed 003; spec/tau/
 * rollout.md §4). A run from before the candidate, or of another commit, says nothing of it; skipped is no failure.
 */
export const validationFailureTrigger: Trigger = ({ state: { candidate }, observation: { harness, ci } }) => {
  const reasons: Reason[] = [];
  const { overall } = harness;
  if (
    harness.status === "ok" &&
    overall !== null &&
    !isOfOtherCandidate(harness, candidate) &&
    (overall.failed_surfaces > 0 || overall.status === "failed")
  )
    reasons.push({
      status: "failed",
      title: "The unified harness failed for this candidate",
      expected: "no harness run of this candidate with a failed surface",
      observed: describeReport(harness),
      remedy,
      record: harness.reportRecord ?? wholeFile(harness.path),
    });
  if (ci.status === "ok" && ci.conclusion === "failure" && isOfCandidate(ci, candidate))
    reasons.push({
      status: "failed",
      title: "CI's live-smoke-matrix failed for this candidate",
      expected: "no live-smoke-matrix failure for the candidate's commit",
      observed: describeConclusion(ci),
      remedy,
      record: ci.record ?? wholeFile(ci.path),
    });
  return triggerFindings("T5", null, reasons);
};
