import { retryCodes } from "#contract/rollout/observation";
import { codeRule } from "./code-rule";

/**
 * G11: retries stay flat since canary-3 was entered (seed 003, canary-3; spec/tau/rollout.md §3, §7 row 10), each code
 * within the profile's tolerance. A profile that demands it earlier has it counted from the present phase's entry.
 */
export const retryRule = codeRule("G11", {
  codes: retryCodes,
  since: "canary-3 was entered",
  remedy:
    "Find out what had to be retried; an operator may rebaseline the surface once its log has been renewed.",
  baseline: ({ state }) => state.baselines.canary3 ?? state.baselines.phase,
  tolerance: ({ state }) => state.profile.retryTolerance,
});
