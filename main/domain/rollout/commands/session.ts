import type { Instant } from "#contract/rollout/observation";
import { isRunning } from "../standing";
import type { Decision, RolloutState } from "../state";

/**
 * A console takes the rollout up. Time before it was not observed and does not count (docs/decisions/0007). The same
 * session going on is nothing new, unless the journal had to be repaired (`repairedBytes` of a torn entry cut off).
 */
export function decideSession(state: RolloutState, repairedBytes: number, now: Instant): Decision {
  const isNew = isRunning(state.status) && state.lastInstant.session !== now.session;
  return {
    events: isNew || repairedBytes > 0 ? [{ type: "session-opened", at: now, repairedBytes }] : [],
    refusal: null,
    message: isNew ? "Took the rollout up." : "The rollout needs no taking up.",
  };
}
