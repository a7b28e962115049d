import { surfaceLabels, type SurfaceId } from "#contract/identity";
import { stateRuns, type PhaseBoundary, type TrendStep } from "./trend-steps";

const order = ["failing", "degraded", "healthy"] as const;
const laneHeight = 12;
const laneGap = 4;
/** Room for the names of the lanes, in pixels. */
export const laneNamesWidth = 66;

/** One lane per state: the lane says the state without colour. */
const looks: Readonly<Record<(typeof order)[number], string>> = {
  failing: "fill-failing-mark",
  degraded: "fill-degraded-mark",
  healthy: "fill-healthy-mark",
};

/** What the band says, in words. */
function describe(surface: SurfaceId, steps: readonly TrendStep[]): string {
  const parts = order.flatMap((state) => {
    const count = steps.filter((step) => step.healthState === state).length;
    return count === 0 ? [] : [`${count} ${state}`];
  });
  return `State of ${surfaceLabels[surface]} over ${steps.length} steps: ${parts.join(", ")}`;
}

/** The state of a surface at every step, as three lanes, with the beginnings of the phases. */
export function TrendStateBand(props: {
  readonly surface: SurfaceId;
  readonly steps: readonly TrendStep[];
  readonly boundaries: readonly PhaseBoundary[];
  readonly length: number;
}) {
  const { boundaries, length, steps, surface } = props;
  const height = order.length * (laneHeight + laneGap);
  const laneTop = (state: (typeof order)[number]): number => order.indexOf(state) * (laneHeight + laneGap);
  return (
    <div
      role="img"
      aria-label={describe(surface, steps)}
      className="flex min-w-0 items-center gap-1.5 border-t border-l border-line"
    >
      <div
        aria-hidden
        className="flex shrink-0 flex-col gap-1 text-right text-small leading-3 text-faint"
        style={{ width: laneNamesWidth - 6 }}
      >
        {order.map((state) => (
          <span key={state}>{state}</span>
        ))}
      </div>
      <svg
        aria-hidden
        className="mr-1 h-12 min-w-0 flex-1"
        viewBox={`0 0 ${Math.max(1, length)} ${height}`}
        preserveAspectRatio="none"
      >
        {order.map((state) => (
          <rect
            key={state}
            x={0}
            width={Math.max(1, length)}
            y={laneTop(state)}
            height={laneHeight}
            className="fill-raised"
          />
        ))}
        {stateRuns(steps).map(({ from, healthState, to }) => (
          <rect
            key={from}
            x={from}
            width={to - from}
            y={laneTop(healthState)}
            height={laneHeight}
            className={looks[healthState]}
          />
        ))}
        {boundaries.slice(1).map((boundary) => (
          <line
            key={boundary.step}
            x1={boundary.step}
            x2={boundary.step}
            y1={0}
            y2={height}
            className="stroke-line-strong"
            strokeDasharray="2 3"
            vectorEffect="non-scaling-stroke"
          />
        ))}
      </svg>
    </div>
  );
}
