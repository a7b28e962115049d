import type { PhaseId } from "#contract/rollout/vocabulary";
import { baselineOf } from "#domain/rollout/baseline";
import { builtInProfiles } from "#domain/rollout/built-in-profiles";
import { evaluateCheck } from "#domain/rollout/evaluate";
import type { Evaluation, RolloutState } from "#domain/rollout/state";
import type { Observation } from "#contract/rollout/observation";
import { healthyObservation, instantAt, testCandidate } from "./observation";

const operator = { kind: "operator", name: "nadia" } as const;

/** The contract's own profile, as it is built in. */
export const defaultProfile = (() => {
  const found = builtInProfiles.find(({ id }) => id === "default");
  if (found === undefined) throw new Error("there is no built-in profile named default");
  return found;
})();

/**
 * A rollout that entered `phase` at `instantAt(0)` on healthy evidence: the baselines a phase has by then are of that
 * moment, and nothing else has happened yet.
 */
export function judgedState(phase: PhaseId, overrides: Partial<RolloutState> = {}): RolloutState {
  const baseline = baselineOf(1, healthyObservation(instantAt(0)));
  const { unixMs } = instantAt(0);
  return {
    rolloutId: "20260213T154640Z-1f3a",
    candidate: testCandidate,
    profile: defaultProfile,
    profileSource: "built in",
    startedUnixMs: unixMs,
    startedBy: operator,
    startReason: "Release 2.8",
    events: 3,
    revision: 3,
    status: phase,
    phase,
    phaseEnteredUnixMs: unixMs,
    percent: 0,
    paused: null,
    soak: { creditedMs: 0, countingFrom: null },
    baselines: {
      canary1: phase === "preflight" ? null : baseline,
      canary3: phase === "canary-3" || phase === "general-availability" ? baseline : null,
      phase: phase === "preflight" ? null : baseline,
    },
    checks: 1,
    lastCheck: null,
    unhealthyChecks: { voice: 0, "browser-automation": 0, dashboard: 0, "custom-command": 0, memory: 0 },
    triggers: [],
    effects: [],
    rollback: null,
    ending: null,
    phases: [],
    clockJumps: 0,
    lastInstant: instantAt(0),
    ...overrides,
  };
}

/** The state as the next check finds it: unhealthy checks counted on, fired triggers latched. */
export function afterCheck(state: RolloutState, observation: Observation): RolloutState {
  const evaluation = evaluateCheck(state, observation);
  const check = state.checks + 1;
  return {
    ...state,
    checks: check,
    unhealthyChecks: evaluation.unhealthyChecks,
    triggers: [
      ...state.triggers,
      ...evaluation.triggers.map(({ trigger, findings }, index) => ({
        trigger,
        findings,
        check,
        primary: index === 0 && state.triggers.length === 0,
        unixMs: observation.at.unixMs,
      })),
    ],
    lastInstant: observation.at,
  };
}

/** What holds, in short: `G7 voice failed`, `G2 failed`. */
export const holding = ({ findings }: Pick<Evaluation, "findings">): string[] =>
  findings.map(({ rule, surface, status }) =>
    [rule, surface, status].filter((part) => part !== null).join(" "),
  );

/** Names of the triggers that fire, in the order of their gravity. */
export const firing = ({ triggers }: Pick<Evaluation, "triggers">): string[] =>
  triggers.map(({ trigger }) => trigger);
