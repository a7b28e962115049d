import type { HistoryPoint } from "#contract/requests";
import { formatTimeOfDay } from "../../../format/time";

/** Room kept at the left and right of every chart, so that the three stand over one another. */
export const chartMargin = { top: 6, right: 12, bottom: 0, left: 0 } as const;
export const axisWidth = 44;

/** Text of the axes. */
export const axisText = { fontSize: 12, fontFamily: "JetBrains Mono", fill: "var(--faint)" } as const;

/** A position on the time axis as text. Charts are drawn by step, not by time: an idle night takes no room. */
export function stepLabel(points: readonly HistoryPoint[], index: number): string {
  const point = points[index];
  return point === undefined ? "" : formatTimeOfDay(point.toUnixMs);
}
