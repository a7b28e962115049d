import type { HistoryPoint } from "#contract/requests";
import { formatTimeOfDay } from "../../../format/time";

/** Room kept at the left and right of every chart, so that the three stand over one another. */
export const chartMargin = { top: 6, right: 12, bottom: 0, left: 0 } as const;
export const axisWidth = 44;

/** Text of the axes. */
export const axisText = { fontSize: 12, fontFamily: "JetBrains Mono", fill: "var(--faint)" } as const;

/** The axis of a small chart: three whole numbers and no lines. */
export const figureTicks = {
  allowDecimals: false,
  tick: axisText,
  tickLine: false,
  axisLine: false,
  tickCount: 3,
} as const;

/** How the area of a figure is drawn that holds from one step to the next. */
export function stepArea(stroke: string, fill: string) {
  return {
    type: "stepAfter",
    stroke,
    strokeWidth: 1.5,
    fill,
    isAnimationActive: false,
    dot: false,
    activeDot: { r: 3, fill: stroke, stroke: "var(--panel)" },
  } as const;
}

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
