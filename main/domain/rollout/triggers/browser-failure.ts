import { sampleOf } from "../rules/cell";
import { browserFailures } from "../rules/timeline";
import { triggerFindings, type Trigger } from "./trigger";

/** T4: a step of the browser's timeline failed, or there is no summary to read (seed 003; spec/tau/rollout.md §4, §7 rows 7 and 8). */
export const browserFailureTrigger: Trigger = ({ observation }) =>
  triggerFindings(
    "T4",
    "browser-automation",
    browserFailures(sampleOf(observation, "browser-automation")).map((reason) => ({
      ...reason,
      remedy: "Roll back and switch to the browser lane last known to be good.",
    })),
  );
