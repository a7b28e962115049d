import { hardErrorCodes } from "#contract/rollout/observation";
import { codeRule } from "./code-rule";

/** G8: no hard error since canary-1 was entered (seed 003, canary-1; spec/tau/rollout.md §3, §7 row 9). */
export const hardErrorRule = codeRule("G8", {
  codes: hardErrorCodes,
  since: "canary-1 was entered",
  remedy:
    "Nothing undoes a hard error within this rollout: find its cause, and start a new rollout of a mended candidate.",
  baseline: ({ state }) => state.baselines.canary1 ?? state.baselines.phase,
  tolerance: () => 0,
});
