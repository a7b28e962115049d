import type { SurfaceId } from "#contract/identity";
import type { TrendPoint } from "#contract/rollout/view";
import { phaseLabels, type PhaseId } from "#contract/rollout/vocabulary";

type SurfacePoint = TrendPoint["surfaces"][number];

/** One surface at one check with its place on the axis. */
export interface TrendStep extends Omit<SurfacePoint, "surface"> {
  readonly step: number;
  readonly check: number;
  readonly unixMs: number;
  readonly phase: PhaseId;
}

/** Steps of one surface, oldest first; a point that does not speak of the surface is left out. */
export function surfaceSteps(points: readonly TrendPoint[], surface: SurfaceId): readonly TrendStep[] {
  return points.flatMap((point, step) => {
    const found = point.surfaces.find((known) => known.surface === surface);
    if (found === undefined) return [];
    const { surface: _, ...figures } = found;
    return [{ ...figures, step, check: point.check, unixMs: point.unixMs, phase: point.phase }];
  });
}

/** For charts drawn by step, not by time: each step holds to the next, so the last is there twice. */
export function drawnSteps(steps: readonly TrendStep[]): readonly TrendStep[] {
  const last = steps.at(-1);
  return last === undefined ? [] : [...steps, { ...last, step: last.step + 1 }];
}

/** Steps in a row with the same state. */
export interface StateRun {
  readonly healthState: SurfacePoint["healthState"];
  readonly from: number;
  /** First step after the run. */
  readonly to: number;
}

/** The states of the steps as runs, so that each is drawn as one bar. */
export function stateRuns(steps: readonly TrendStep[]): readonly StateRun[] {
  const runs: StateRun[] = [];
  for (const { healthState, step } of steps) {
    const last = runs.at(-1);
    if (last?.healthState === healthState && last.to === step)
      runs[runs.length - 1] = { ...last, to: step + 1 };
    else runs.push({ healthState, from: step, to: step + 1 });
  }
  return runs;
}

/** Where a phase begins on the axis, the first one included. */
export interface PhaseBoundary {
  readonly step: number;
  readonly phase: PhaseId;
  readonly label: string;
}

/** The phases that the points run through, each with its first step. */
export function phaseBoundaries(points: readonly TrendPoint[]): readonly PhaseBoundary[] {
  return points.flatMap((point, step) =>
    step === 0 || points[step - 1]?.phase !== point.phase
      ? [{ step, phase: point.phase, label: phaseLabels[point.phase] }]
      : [],
  );
}

/** Figures that are drawn, each against the line it is judged by; from `holdsFrom` on its gate holds (spec/tau/rollout.md §3). */
export const trendFigures = [
  { key: "failureStreak", title: "Failure streak", line: 3, lineLabel: "T2 from 3", holdsFrom: 1 },
  { key: "queueDepth", title: "Queue depth", line: 1, lineLabel: "G7 up to 1", holdsFrom: 2 },
  { key: "hardErrors", title: "New hard errors", line: 0, lineLabel: "baseline", holdsFrom: 1 },
  { key: "retries", title: "New retries", line: 0, lineLabel: "baseline", holdsFrom: 1 },
] as const satisfies readonly {
  key: keyof SurfacePoint;
  title: string;
  line: number;
  lineLabel: string;
  holdsFrom: number;
}[];
export type TrendFigure = (typeof trendFigures)[number];
