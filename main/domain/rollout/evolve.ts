import { surfaceIds, type SurfaceId } from "#contract/identity";
import type { RolloutEvent } from "#contract/rollout/journal";
import { durationsAfter } from "./durations";
import { applyEvent } from "./commands/apply-event";
import { decisionFingerprint } from "./revision";
import { phaseProfile } from "./standing";
import type { Evolve, PhaseRecord, RolloutState } from "./state";

type Started = Extract<RolloutEvent, { type: "rollout-started" }>;

/**
 * The state after an event: what happened, never what it is judged to mean. Pure; never fails for events that `decide`
 * gave, in their order. An event without a rollout it could happen to is an error.
 */
export const evolve: Evolve = (state, event) => {
  if (event.type === "rollout-started") return startedState(event);
  if (state === null) throw new Error(`the event ${event.type} came before the rollout had started`);
  const timed: RolloutState = { ...state, phases: withDurations(state, event) };
  const next: RolloutState = { ...applyEvent(timed, event), events: state.events + 1, lastInstant: event.at };
  const same = decisionFingerprint(state) === decisionFingerprint(next);
  return { ...next, revision: same ? state.revision : next.events };
};

/** The state a whole journal tells of; null when it is empty. */
export function replay(events: Iterable<RolloutEvent>): RolloutState | null {
  let state: RolloutState | null = null;
  for (const event of events) state = evolve(state, event);
  return state;
}

function startedState(event: Started): RolloutState {
  const { rolloutId, candidate, profile, profileSource, at, by, reason } = event;
  const durations = { waitingMs: 0, soakingMs: 0, heldMs: 0 };
  return {
    rolloutId,
    candidate,
    profile,
    profileSource,
    startedUnixMs: at.unixMs,
    startedBy: by,
    startReason: reason,
    events: 1,
    revision: 1,
    status: "preflight",
    phase: "preflight",
    phaseEnteredUnixMs: at.unixMs,
    percent: phaseProfile(profile, "preflight").percent,
    paused: null,
    soak: { creditedMs: 0, countingFrom: null },
    baselines: { canary1: null, canary3: null, phase: null },
    checks: 0,
    lastCheck: null,
    unhealthyChecks: Object.fromEntries(surfaceIds.map((surface) => [surface, 0])) as Record<
      SurfaceId,
      number
    >,
    triggers: [],
    effects: [],
    rollback: null,
    ending: null,
    phases: [
      {
        phase: "preflight",
        enteredUnixMs: at.unixMs,
        leftUnixMs: null,
        enteredBy: by,
        creditedMs: 0,
        durations,
      },
    ],
    clockJumps: 0,
    lastInstant: at,
  };
}

function withDurations(state: RolloutState, event: RolloutEvent): PhaseRecord[] {
  return state.phases.map((record) =>
    record.phase === state.phase
      ? { ...record, durations: durationsAfter(state, event, record.durations) }
      : record,
  );
}
