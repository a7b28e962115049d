import type { RolloutView } from "#contract/rollout/view";
import { useConsole } from "./console-store";

/** The rollout the console works on: the one that runs, else the newest; null before the first. */
export function useLatestRollout(): RolloutView | null {
  return useConsole((state) => state.rollout.latest);
}
