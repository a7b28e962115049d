import type { RolloutEvent } from "#contract/rollout/journal";
import { builtInProfiles } from "#domain/rollout/built-in-profiles";
import { decide } from "#domain/rollout/decide";
import { evolve } from "#domain/rollout/evolve";
import type { RolloutState } from "#domain/rollout/state";
import { healthyObservation, instantAt, testCandidate } from "./observation";

const started = decide(
  null,
  {
    kind: "start",
    rolloutId: "20260213T154640Z-1f3a",
    request: { candidate: testCandidate, profileId: "default", reason: "release 2.8" },
    profile: builtInProfiles.find(({ id }) => id === "default") ?? missing(),
    profileSource: "built in",
    by: { kind: "operator", name: "nora" },
  },
  instantAt(0),
).events;

/** What a check in preflight, `at` milliseconds into the story, decides. */
export function checkEvents(at: number): readonly RolloutEvent[] {
  const state = started.reduce<RolloutState | null>(evolve, null);
  const observation = healthyObservation(instantAt(at));
  return decide(
    state,
    { kind: "check", trigger: "scheduled", observation, effectId: `check-${at}` },
    instantAt(at),
  ).events;
}

function missing(): never {
  throw new Error("there is no built-in profile named default");
}
