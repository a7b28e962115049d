import type { Actor } from "#contract/rollout/command";
import type { RolloutEvent } from "#contract/rollout/journal";
import type { RolloutStatus } from "#contract/rollout/vocabulary";
import type { RolloutState } from "../state";
import { intendEffect } from "./apply-effect";

type Ending = Extract<
  RolloutEvent,
  { type: "rollout-completed" | "blocked" | "rollback-opened" | "aborted" }
>;

/** Who acts where a rule does and no operator. */
export const engineActor: Actor = { kind: "automatic", name: "Gatehouse" };

/** What ends a rollout. Nothing counts afterwards, and nothing that was paused stays so. */
export function applyEnding(state: RolloutState, event: Ending): RolloutState {
  switch (event.type) {
    case "rollout-completed":
      return ended(state, event, "complete", event.by, event.reason);
    case "aborted":
      return ended(state, event, "aborted", event.by, event.reason);
    case "blocked":
      return ended(state, event, "blocked", engineActor, `${event.trigger} fired`);
    case "rollback-opened":
      return {
        ...ended(state, event, "rolling_back", event.by, event.reason),
        percent: event.percent,
        rollback: { openedUnixMs: event.at.unixMs, trigger: event.trigger },
        effects: intendEffect(state.effects, event.effectId, "rollback", event.percent, event.at.unixMs),
      };
  }
}

function ended(
  state: RolloutState,
  { at: { unixMs } }: Ending,
  status: RolloutStatus,
  by: Actor,
  reason: string,
): RolloutState {
  return {
    ...state,
    status,
    paused: null,
    soak: { ...state.soak, countingFrom: null },
    ending: { unixMs, by, reason },
    phases: state.phases.map((record) =>
      record.phase === state.phase ? { ...record, leftUnixMs: record.leftUnixMs ?? unixMs } : record,
    ),
  };
}
