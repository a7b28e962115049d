import type { Durations } from "#contract/rollout/view";
import type { RolloutState } from "./state";

/** Where the time of the whole rollout went, as far as its journal tells. */
export function totalDurations({ phases }: RolloutState): Durations {
  const sum = (key: keyof Durations): number =>
    phases.reduce((total, { durations }) => total + durations[key], 0);
  return { waitingMs: sum("waitingMs"), soakingMs: sum("soakingMs"), heldMs: sum("heldMs") };
}
