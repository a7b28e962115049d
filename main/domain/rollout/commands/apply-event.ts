import type { CheckRecord, RolloutEvent, SurfaceBaseline } from "#contract/rollout/journal";
import { soakAfter } from "../soak";
import type { RolloutState } from "../state";
import { applyEffectEvent, intendEffect } from "./apply-effect";
import { applyEnding } from "./apply-ending";

export type LaterEvent = Exclude<RolloutEvent, { type: "rollout-started" }>;
type EventOf<Type extends LaterEvent["type"]> = Extract<LaterEvent, { type: Type }>;

/** What one event changes, apart from what every event does (durations, revision, last moment). */
export function applyEvent(state: RolloutState, event: LaterEvent): RolloutState {
  switch (event.type) {
    case "session-opened":
      return withoutCounting(state);
    case "check-recorded":
      return applyCheck(state, event);
    case "phase-entered":
      return applyPhase(state, event);
    case "paused":
      return {
        ...withoutCounting(state),
        paused: { sinceUnixMs: event.at.unixMs, by: event.by, reason: event.reason },
      };
    case "resumed":
      return { ...withoutCounting(state), paused: null };
    case "trigger-fired":
      return applyTrigger(state, event);
    case "rebaselined":
      return applyBaseline(state, event);
    case "clock-jumped":
      return {
        ...state,
        phaseEnteredUnixMs: Math.max(0, state.phaseEnteredUnixMs + event.byMs),
        clockJumps: state.clockJumps + 1,
      };
    case "rollout-completed":
    case "blocked":
    case "rollback-opened":
    case "aborted":
      return applyEnding(state, event);
    case "effect-attempted":
    case "effect-done":
    case "effect-failed":
    case "effect-retried":
      return applyEffectEvent(state, event);
    case "command-refused":
      return state;
  }
}

function withoutCounting(state: RolloutState): RolloutState {
  return { ...state, soak: { ...state.soak, countingFrom: null } };
}

function applyCheck(state: RolloutState, event: EventOf<"check-recorded">): RolloutState {
  const { check, trigger, observation, verdicts, findings, soak } = event;
  const record: CheckRecord = { check, trigger, observation, verdicts, findings, soak };
  return {
    ...state,
    soak: soakAfter(state, observation, soak),
    checks: check,
    lastCheck: record,
    unhealthyChecks: event.unhealthyChecks,
    phases: state.phases.map((phase) =>
      phase.phase === state.phase ? { ...phase, creditedMs: soak.creditedMs } : phase,
    ),
  };
}

function applyPhase(state: RolloutState, event: EventOf<"phase-entered">): RolloutState {
  const { phase, percent, baseline, at, by, effectId } = event;
  const durations = { waitingMs: 0, soakingMs: 0, heldMs: 0 };
  const entered = {
    phase,
    enteredUnixMs: at.unixMs,
    leftUnixMs: null,
    enteredBy: by,
    creditedMs: 0,
    durations,
  };
  return {
    ...state,
    status: phase,
    phase,
    percent,
    phaseEnteredUnixMs: at.unixMs,
    soak: { creditedMs: 0, countingFrom: null },
    baselines: {
      canary1: phase === "canary-1" ? baseline : state.baselines.canary1,
      canary3: phase === "canary-3" ? baseline : state.baselines.canary3,
      phase: baseline,
    },
    effects: intendEffect(state.effects, effectId, phase, percent, at.unixMs),
    phases: [
      ...state.phases.map((record) =>
        record.phase === state.phase ? { ...record, leftUnixMs: at.unixMs } : record,
      ),
      entered,
    ],
  };
}

function applyTrigger(state: RolloutState, event: EventOf<"trigger-fired">): RolloutState {
  const { trigger, primary, check, at, findings } = event;
  return {
    ...state,
    triggers: [...state.triggers, { trigger, primary, check, unixMs: at.unixMs, findings }],
  };
}

/** Occurrences of the log as it was at that check are known to whoever took the new baseline; later ones are new. */
function applyBaseline(state: RolloutState, event: EventOf<"rebaselined">): RolloutState {
  const renew = (baseline: RolloutState["baselines"]["phase"]): RolloutState["baselines"]["phase"] =>
    baseline === null
      ? null
      : {
          ...baseline,
          surfaces: { ...baseline.surfaces, [event.surface]: event.baseline satisfies SurfaceBaseline },
        };
  const { canary1, canary3, phase } = state.baselines;
  return { ...state, baselines: { canary1: renew(canary1), canary3: renew(canary3), phase: renew(phase) } };
}
