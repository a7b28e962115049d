import type { HistoryPoint } from "#contract/requests";
import { formatTimeOfDay } from "../../../format/time";

/** Room kept at the left and right of every chart, so that the three stand over one another. */
export const chartMargin = { top: 6, right: 12, bottom: 0, left: 0 } as const;
export const axisWidth = 44;

/** Text of the axes. */
export const axisText = { fontSize: 12, fontFamily: "JetBrains Mono", fill: "var(--faint)" } as const;

/** A point with its place on the axis. */
export interface ChartStep extends HistoryPoint {
  readonly step: number;
}

/**
 * Points as steps: each holds from its number to the next. Charts are drawn by step, not by time, so that an idle night
 * takes no room; the last point is there twice, because its step has an end as well.
 */
export function chartSteps(points: readonly HistoryPoint[]): readonly ChartStep[] {
  const last = points.at(-1);
  if (last === undefined) return [];
  return [...points, last].map((point, step) => ({ ...point, step }));
}

/** Steps that carry a time on the axis: at most six, evenly spread. */
export function axisTicks(points: readonly HistoryPoint[]): readonly number[] {
  const every = Math.max(1, Math.ceil(points.length / 6));
  return points.flatMap((_, step) => (step % every === 0 ? [step] : []));
}

/** Time of a step's first cycle. */
export function stepLabel(points: readonly HistoryPoint[], step: number): string {
  const point = points[step];
  return point === undefined ? "" : formatTimeOfDay(point.fromUnixMs);
}
