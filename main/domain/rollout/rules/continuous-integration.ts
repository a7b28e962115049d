import type { Candidate } from "#contract/rollout/command";
import type { CiEvidence } from "#contract/rollout/observation";
import { lowerAscii } from "../../text";
import { releaseRule, wholeFile, type Reason } from "./cell";

const shortestCommit = 7;

/** Whether CI's conclusion is of the candidate's commit: one is a prefix of the other, of at least 7 digits. */
export function isOfCandidate({ commit: tested }: CiEvidence, { commit }: Candidate): boolean {
  const short = lowerAscii(tested);
  return short.length >= shortestCommit && (commit.startsWith(short) || short.startsWith(commit));
}

/** CI's conclusion in words. */
export const describeConclusion = ({ conclusion, commit }: CiEvidence): string =>
  `conclusion ${conclusion} for commit ${commit}`;

/**
 * G2: CI's live-smoke matrix is green for the candidate's commit (seed 003, preflight; spec/tau/rollout.md §3, §7 row
 * 17: skipped and cancelled are not green). A conclusion for another commit is no evidence for this one.
 */
export const continuousIntegrationRule = releaseRule(
  "G2",
  ({ state: { candidate }, observation: { ci } }) => {
    const expected = `live-smoke-matrix success for commit ${candidate.commit}`;
    const record = ci.record ?? wholeFile(ci.path);
    const held = (status: Reason["status"], title: string, observed: string, remedy: string) => ({
      expected,
      observed,
      record,
      reasons: [{ status, title, expected, observed, remedy, record }],
    });
    if (ci.status !== "ok")
      return held(
        ci.status,
        ci.status === "missing" ? "CI's conclusion is not there" : "CI's conclusion cannot be read",
        ci.problem === ""
          ? `${ci.path} ${ci.status === "missing" ? "does not exist" : "cannot be used"}`
          : ci.problem,
        `Put the conclusion of CI's live-smoke-matrix for this commit into ${ci.path}.`,
      );
    const observed = describeConclusion(ci);
    if (!isOfCandidate(ci, candidate))
      return held(
        "stale",
        "CI's conclusion is of another commit",
        observed,
        "Wait for CI's live-smoke-matrix of the candidate's commit and record its conclusion.",
      );
    if (ci.conclusion !== "success")
      return held(
        "failed",
        `CI's live-smoke-matrix is not green: ${ci.conclusion}`,
        observed,
        "Have CI run the live-smoke-matrix for this commit until it concludes success; skipped is not green.",
      );
    return { expected, observed, record, reasons: [] };
  },
);
