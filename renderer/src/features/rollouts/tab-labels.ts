import type { RolloutTab } from "../../state/route";

/** What the tabs of a rollout are called. */
export const rolloutTabLabels: Readonly<Record<RolloutTab, string>> = {
  gates: "Gates",
  timeline: "Timeline",
  trends: "Trends",
};
