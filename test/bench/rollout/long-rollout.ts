import { surfaceIds } from "#contract/identity";
import type { RolloutEvent } from "#contract/rollout/journal";
import type { Instant, Observation } from "#contract/rollout/observation";
import { builtInProfiles } from "#domain/rollout/built-in-profiles";
import { decide } from "#domain/rollout/decide";
import { evolve } from "#domain/rollout/evolve";
import type { RolloutInput, RolloutState } from "#domain/rollout/state";
import {
  healthyObservation,
  healthySample,
  instantAt,
  recordOf,
  testCandidate,
} from "../../support/rollout/observation";

const operator = { kind: "operator", name: "nora" } as const;
const checkIntervalMs = 10_000;

/** What one check sees while the surfaces run: their figures move, and now and then a retry is logged and tolerated. */
function busyObservation(at: Instant, check: number): Observation {
  const retries = Math.floor(check / 2_000);
  const surfaces = surfaceIds.map((surface) => {
    const sample = healthySample(surface, at, { cycles: 12 + check });
    const { log } = sample;
    const line = 12 + check;
    const record = {
      timestamp_unix_ms: at.unixMs,
      health_state: "healthy",
      reason_codes: ["retry_attempted"],
    };
    return {
      ...sample,
      counts: retries === 0 ? {} : { retry_attempted: retries },
      log: log === null ? null : { ...log, lines: line, bytes: 400 * line },
      occurrences: Array.from({ length: retries }, (_, index) => ({
        code: "retry_attempted",
        record: recordOf(log?.path ?? "", record, 400 * (retries - index), 160_000 * (retries - index)),
      })),
    };
  });
  return healthyObservation(at, { surfaces });
}

/** A rollout of the contract's profile, decided check by check. */
export interface LongRollout {
  /** Events of each decision, in order. */
  readonly entries: readonly (readonly RolloutEvent[])[];
  readonly state: RolloutState;
  /** Milliseconds each of the checks took to decide. */
  readonly decideMs: readonly number[];
}

/** Decides `checks` checks, 10 s apart, and promotes whenever that is allowed: 9,900 of them are 27.5 h. */
export function longRollout(rolloutId: string, checks: number): LongRollout {
  const [contract] = builtInProfiles;
  if (contract === undefined) throw new Error("there is no built-in profile");
  const profile = {
    ...contract,
    checkIntervalMs,
    manualCheckDistanceMs: checkIntervalMs,
    retryTolerance: 1_000,
  };
  const entries: (readonly RolloutEvent[])[] = [];
  const decideMs: number[] = [];
  let state: RolloutState | null = null;
  const apply = (input: RolloutInput, now: Instant): void => {
    const { events } = decide(state, input, now);
    if (events.some(({ type }) => type === "command-refused")) return;
    if (events.length > 0) entries.push(events);
    state = events.reduce<RolloutState | null>(evolve, state);
  };
  const current = (): RolloutState => {
    if (state === null) throw new Error("the rollout did not start");
    return state;
  };
  const request = { candidate: testCandidate, profileId: profile.id, reason: "release 2.8" };
  apply(
    { kind: "start", rolloutId, request, profile, profileSource: "built in", by: operator },
    instantAt(0),
  );
  for (let check = 1; check <= checks; check += 1) {
    const now = instantAt(check * checkIntervalMs);
    const observation = busyObservation(now, check);
    const started = performance.now();
    const { events } = decide(
      state,
      { kind: "check", trigger: "scheduled", observation, effectId: `check-${check}` },
      now,
    );
    decideMs.push(performance.now() - started);
    entries.push(events);
    state = events.reduce<RolloutState | null>(evolve, state);
    const { revision, phase } = current();
    if (phase === "general-availability") continue;
    const promote = {
      command: "promote",
      rolloutId,
      revision,
      reason: "it soaked",
      freezeOverrideReason: null,
    } as const;
    apply({ kind: "command", command: promote, by: operator, effectId: `promotion-${check}` }, now);
  }
  return { entries, state: current(), decideMs };
}
