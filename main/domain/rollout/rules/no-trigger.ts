import { releaseRule } from "./cell";

/** G10: no trigger has fired (seed 003, canary-2; spec/tau/rollout.md §3). Triggers latch, so only a new rollout passes. */
export const noTriggerRule = releaseRule("G10", ({ state }) => ({
  expected: "no rollback trigger fired in this rollout",
  observed: "no trigger fired",
  record: null,
  reasons: state.triggers.flatMap(({ trigger, check, findings }) =>
    findings.map((finding) => ({
      status: "failed" as const,
      title: `${trigger} fired in check ${check}: ${finding.title}`,
      expected: "no rollback trigger fired in this rollout",
      observed: `${trigger} in check ${check}: ${finding.observed}`,
      remedy: "A trigger stays for the life of its rollout: mend what it names and start a new rollout.",
      record: finding.record,
    })),
  ),
}));
