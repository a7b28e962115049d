import { Area, AreaChart, ReferenceLine, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import { surfaceLabels, type SurfaceId } from "#contract/identity";
import { figureTicks, stepArea } from "../../surface/charts/axis";
import { TrendTooltip } from "./TrendTooltip";
import { drawnSteps, type PhaseBoundary, type TrendFigure, type TrendStep } from "./trend-steps";

const margin = { top: 6, right: 4, bottom: 2, left: 0 } as const;
/** Room for the numbers of the axis; the state strip keeps the same. */
export const axisWidth = 30;

/** One figure of one surface over the checks, with the line it is judged by and the beginnings of the phases. */
export function TrendChart(props: {
  readonly surface: SurfaceId;
  readonly figure: TrendFigure;
  readonly steps: readonly TrendStep[];
  readonly boundaries: readonly PhaseBoundary[];
  readonly length: number;
}) {
  const { boundaries, figure, length, steps, surface } = props;
  const highest = Math.max(figure.line + 1, 2, ...steps.map((step) => step[figure.key]));
  const last = steps.at(-1);
  return (
    <figure
      className="min-h-0 min-w-0 border-t border-l border-line"
      aria-label={`${figure.title} of ${surfaceLabels[surface]}, now ${last?.[figure.key] ?? "not known"}, judged by ${figure.lineLabel}`}
    >
      <ResponsiveContainer width="100%" height="100%">
        <AreaChart data={drawnSteps(steps)} margin={margin} syncId="trends" accessibilityLayer>
          <XAxis hide type="number" dataKey="step" domain={[0, length]} />
          <YAxis width={axisWidth} domain={[0, highest]} {...figureTicks} />
          {boundaries.slice(1).map((boundary) => (
            <ReferenceLine
              key={boundary.step}
              x={boundary.step}
              stroke="var(--line-strong)"
              strokeDasharray="2 3"
            />
          ))}
          <ReferenceLine
            y={figure.line}
            stroke={figure.line === 0 ? "var(--muted)" : "var(--failing-mark)"}
            strokeDasharray={figure.line === 0 ? "" : "4 3"}
            strokeWidth={1.25}
            label={{
              value: figure.lineLabel,
              position: "insideBottomRight",
              fontSize: 12,
              fill: "var(--faint)",
              offset: 3,
            }}
          />
          <Tooltip
            content={<TrendTooltip />}
            isAnimationActive={false}
            cursor={{ stroke: "var(--accent)" }}
          />
          <Area dataKey={figure.key} {...stepArea("var(--accent)", "var(--accent-wash)")} />
        </AreaChart>
      </ResponsiveContainer>
    </figure>
  );
}
