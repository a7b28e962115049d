import { hardErrorCodes } from "#contract/rollout/observation";
import { newCodeReasons } from "../rules/new-codes";
import { surfaceTrigger } from "./trigger";

/** T3: a hard error is new since canary-1 was entered, until general availability ends (seed 003; spec/tau/rollout.md §4, §7 rows 9 and 12). */
export const hardErrorTrigger = surfaceTrigger("T3", (sample, { state: { baselines } }) => {
  const baseline = (baselines.canary1 ?? baselines.phase)?.surfaces[sample.surface];
  if (baseline === undefined) return [];
  return newCodeReasons(sample, {
    codes: hardErrorCodes,
    baseline,
    tolerance: 0,
    since: "canary-1 was entered",
    remedy:
      "Roll back and keep this log and its artifacts for the review; a new rollout needs a mended candidate.",
  });
});
