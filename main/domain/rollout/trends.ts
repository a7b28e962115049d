import type { SurfaceId } from "#contract/identity";
import type { CheckRecord } from "#contract/rollout/journal";
import { hardErrorCodes, retryCodes, type SurfaceSample } from "#contract/rollout/observation";
import type { TrendPoint } from "#contract/rollout/view";
import { newOccurrences } from "./baseline";
import { streakOf } from "./rules/failure-streak";
import type { RolloutState } from "./state";
import { countUnhealthyChecks } from "./triggers/unhealthy-checks";

type SurfacePoint = TrendPoint["surfaces"][number];

const healthByGravity = ["healthy", "degraded", "failing"] as const;

/**
 * What a check saw of each surface, counted from the entry of the phase; `state` is the one the check was judged in.
 * Before the first canary there is nothing to count from, so nothing is new.
 */
export function trendPoint(state: RolloutState, check: CheckRecord): TrendPoint {
  const { observation } = check;
  const unhealthyChecks = countUnhealthyChecks(state, observation);
  return {
    check: check.check,
    unixMs: observation.at.unixMs,
    phase: state.phase,
    surfaces: observation.surfaces.map((sample) => surfacePoint(state, sample, unhealthyChecks)),
  };
}

function surfacePoint(
  state: RolloutState,
  sample: SurfaceSample,
  unhealthyChecks: RolloutState["unhealthyChecks"],
): SurfacePoint {
  const { surface, healthState, queueDepth, cycles } = sample;
  return {
    surface,
    healthState,
    failureStreak: streakOf(sample, { unhealthyChecks }),
    queueDepth,
    hardErrors: occurrencesInPhase(state, sample, hardErrorCodes),
    retries: occurrencesInPhase(state, sample, retryCodes),
    cycles,
  };
}

function occurrencesInPhase(state: RolloutState, sample: SurfaceSample, codes: readonly string[]): number {
  const baseline = state.baselines.phase?.surfaces[sample.surface];
  if (baseline === undefined) return 0;
  return codes.reduce((sum, code) => sum + newOccurrences(sample, baseline, code).delta, 0);
}

/**
 * Points in at most `maximum` (1 or more), oldest first: neighbours become one that stands for the newest of them and
 * keeps the worst of each figure. Phases are kept apart as long as there are no more of them than points.
 */
export function mergeTrends(points: readonly TrendPoint[], maximum: number): TrendPoint[] {
  const phases = splitByPhase(points);
  const runs = phases.length <= maximum ? phases : [points];
  let size = Math.max(1, Math.ceil(points.length / maximum));
  while (runs.reduce((sum, run) => sum + Math.ceil(run.length / size), 0) > maximum) size += 1;
  return runs.flatMap((run) => mergeRun(run, size));
}

function splitByPhase(points: readonly TrendPoint[]): TrendPoint[][] {
  const runs: TrendPoint[][] = [];
  for (const point of points) {
    const run = runs.at(-1);
    if (run?.at(-1)?.phase === point.phase) run.push(point);
    else runs.push([point]);
  }
  return runs;
}

function mergeRun(run: readonly TrendPoint[], size: number): TrendPoint[] {
  const merged: TrendPoint[] = [];
  for (let start = 0; start < run.length; start += size)
    merged.push(run.slice(start, start + size).reduce(mergePoints));
  return merged;
}

function mergePoints(earlier: TrendPoint, later: TrendPoint): TrendPoint {
  const before = new Map<SurfaceId, SurfacePoint>(earlier.surfaces.map((point) => [point.surface, point]));
  return {
    ...later,
    surfaces: later.surfaces.map((point) => {
      const other = before.get(point.surface);
      return other === undefined ? point : worstOf(other, point);
    }),
  };
}

function worstOf(left: SurfacePoint, right: SurfacePoint): SurfacePoint {
  const gravity = Math.max(
    healthByGravity.indexOf(left.healthState),
    healthByGravity.indexOf(right.healthState),
  );
  return {
    surface: right.surface,
    healthState: healthByGravity[gravity] ?? "failing",
    failureStreak: Math.max(left.failureStreak, right.failureStreak),
    queueDepth: Math.max(left.queueDepth, right.queueDepth),
    hardErrors: Math.max(left.hardErrors, right.hardErrors),
    retries: Math.max(left.retries, right.retries),
    cycles: Math.max(left.cycles, right.cycles),
  };
}
