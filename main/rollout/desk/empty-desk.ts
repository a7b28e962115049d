import { BridgeError } from "#contract/envelope";
import { builtInProfiles } from "#domain/rollout/built-in-profiles";
import type { RolloutDesk } from "../../host/ports";

/** A desk over a workspace that has no rollout yet. */
export function openEmptyDesk(): RolloutDesk {
  const none = (): never => {
    throw new BridgeError("not_found", "There is no rollout in this workspace.");
  };
  return {
    state: () => ({ latest: null }),
    onChange: () => () => undefined,
    onNotice: () => () => undefined,
    profiles: async () => ({
      profiles: builtInProfiles.map((profile) => ({ profile, source: "built in" })),
      problems: [],
      candidate: null,
      candidateSource: "",
    }),
    start: async () => none(),
    command: async () => none(),
    view: async () => none(),
    list: async () => ({ total: 0, rollouts: [] }),
    timeline: async () => none(),
    evidence: async () => none(),
    trends: async () => none(),
    close: () => Promise.resolve(),
  };
}
