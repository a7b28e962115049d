import { surfaceIds } from "#contract/identity";
import type { Baseline } from "#contract/rollout/journal";
import type { Observation } from "#contract/rollout/observation";
import { baselineOf } from "#domain/rollout/baseline";
import type { Effect, RolloutState } from "#domain/rollout/state";
import { watchedCodes } from "#domain/rollout/watched-codes";
import { judgedState } from "./judged-state";
import { healthyObservation, instantAt, startUnixMs } from "./observation";
import { intervalMs, isCanary, phaseCut, type World } from "./world";
import { releaseEvidence } from "./world-evidence";
import { logPart } from "./world-logs";
import { profileOf } from "./world-profile";
import { browserAt, stateAt } from "./world-samples";

/** The surfaces' logs at a cut, with everything else healthy: what a baseline is taken from. */
function entryObservation(world: World, cut: number): Observation {
  const observation = healthyAt(-1);
  return {
    ...observation,
    surfaces: observation.surfaces.map((sample) => {
      const { log } = world.surfaces[sample.surface];
      const codes = watchedCodes(profileOf(world), sample.surface);
      if (log !== null) return { ...sample, ...logPart(sample.surface, log, cut, false, codes) };
      return { ...sample, log: null, cycles: 1, counts: {}, occurrences: [] };
    }),
  };
}

const takenBaselines = new WeakMap<World["surfaces"], Map<string, Baseline>>();

/** The baseline taken at a cut of the logs, derived once for the same files. */
function baselineAt(world: World, cut: number): Baseline {
  const known = takenBaselines.get(world.surfaces) ?? new Map<string, Baseline>();
  takenBaselines.set(world.surfaces, known);
  const key = `${cut} ${world.extras}`;
  const baseline = known.get(key) ?? baselineOf(1, entryObservation(world, cut));
  known.set(key, baseline);
  return baseline;
}

/** The rollout as the first check finds it. */
export function stateOf(world: World): RolloutState {
  const baseline = (cut: number) => (isCanary(world) ? baselineAt(world, cut) : null);
  const isLate = world.phase === "canary-3" || world.phase === "general-availability";
  const effect: Effect = {
    effectId: "effect-1",
    purpose: world.phase,
    percent: 5,
    state: world.hook === "none" ? "done" : world.hook,
    attempt: world.hook === "intended" ? 0 : 1,
    detail: world.hook === "failed" ? "exit code 1" : "",
    output: "",
    changedUnixMs: startUnixMs,
  };
  return judgedState(world.phase, {
    profile: profileOf(world),
    baselines: { canary1: baseline(0), canary3: isLate ? baseline(1) : null, phase: baseline(phaseCut) },
    effects: world.hook === "none" ? [] : [effect],
  });
}

const healthyObservations = new Map<number, Observation>();

/** Everything healthy at a check; the very same object every time, for it is costly to write down. */
function healthyAt(check: number): Observation {
  const known = healthyObservations.get(check) ?? healthyObservation(instantAt((check + 1) * intervalMs));
  healthyObservations.set(check, known);
  return known;
}

/** What check number `check` (from 0) sees. */
export function observationOf(world: World, check: number): Observation {
  const isLast = check === world.checks - 1;
  const healthy = healthyAt(check);
  const surfaces = surfaceIds.map((surface) =>
    surface === "browser-automation"
      ? browserAt(world, check, isLast)
      : stateAt(world, surface, check, isLast),
  );
  return { ...healthy, surfaces, ...releaseEvidence(world, healthy) };
}
