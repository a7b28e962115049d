import type { HistoryPoint } from "#contract/requests";
import { axisWidth, chartMargin } from "./axis";

const order = ["failing", "degraded", "healthy", "unknown"] as const;

/** One lane per state: the lane says the state without colour, and a change of state is a step from lane to lane. */
const lanes: Readonly<Record<(typeof order)[number], { y: number; look: string; word: string }>> = {
  failing: { y: 2, look: "fill-failing-mark", word: "failing" },
  degraded: { y: 16, look: "fill-degraded-mark", word: "degraded" },
  healthy: { y: 30, look: "fill-healthy-mark", word: "healthy" },
  unknown: { y: 30, look: "fill-stale-mark", word: "unknown" },
};

function describe(points: readonly HistoryPoint[]): string {
  const parts = order.flatMap((state) => {
    const count = points.filter((point) => point.healthState === state).length;
    return count === 0 ? [] : [`${count} ${state}`];
  });
  return `State of ${points.length} steps, oldest first: ${parts.join(", ")}`;
}

/** The state of every step as a band with three lanes. */
export function StateBand(props: { readonly points: readonly HistoryPoint[] }) {
  const { points } = props;
  const width = Math.max(1, points.length);
  return (
    <div className="flex h-12 shrink-0 items-stretch" role="img" aria-label={describe(points)}>
      <div aria-hidden className="relative shrink-0 text-small text-faint" style={{ width: axisWidth + 22 }}>
        {order.slice(0, 3).map((state) => (
          <span key={state} className="absolute right-1.5 leading-3" style={{ top: lanes[state].y + 1 }}>
            {lanes[state].word}
          </span>
        ))}
      </div>
      <svg
        aria-hidden
        className="min-w-0 flex-1"
        style={{ marginRight: chartMargin.right }}
        viewBox={`0 0 ${width} 46`}
        preserveAspectRatio="none"
      >
        {order.slice(0, 3).map((state) => (
          <rect key={state} x={0} width={width} y={lanes[state].y} height={12} className="fill-raised" />
        ))}
        {points.map((point, index) => (
          <rect
            key={point.fromUnixMs + index}
            x={index}
            width={1.02}
            y={lanes[point.healthState].y}
            height={12}
            className={lanes[point.healthState].look}
          />
        ))}
      </svg>
    </div>
  );
}
