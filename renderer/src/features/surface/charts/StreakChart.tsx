import {
  Area,
  AreaChart,
  CartesianGrid,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";
import type { HistoryPoint } from "#contract/requests";
import { axisWidth, chartMargin, chartSteps, figureTicks, stepArea } from "./axis";
import { ChartTooltip } from "./ChartTooltip";

/** From this streak on a surface is failing (spec/tau/health.md §2). */
const failingFrom = 3;

/** Failure streak per step; the dashed line is where failing begins. */
export function StreakChart(props: { readonly points: readonly HistoryPoint[] }) {
  const highest = Math.max(failingFrom + 1, ...props.points.map((point) => point.failureStreak));
  return (
    <figure className="flex h-20 shrink-0 items-stretch" aria-label="Failure streak over time">
      <figcaption className="w-5.5 shrink-0 self-center text-small text-faint [writing-mode:sideways-lr]">
        streak
      </figcaption>
      <div className="min-w-0 flex-1">
        <ResponsiveContainer width="100%" height="100%">
          <AreaChart data={chartSteps(props.points)} margin={chartMargin} syncId="history" accessibilityLayer>
            <CartesianGrid stroke="var(--line)" vertical={false} />
            <XAxis hide type="number" dataKey="step" domain={[0, props.points.length]} />
            <YAxis width={axisWidth} domain={[0, highest]} {...figureTicks} />
            <ReferenceLine y={failingFrom} stroke="var(--failing-mark)" strokeDasharray="4 3" />
            <Tooltip
              content={<ChartTooltip />}
              isAnimationActive={false}
              cursor={{ stroke: "var(--accent)" }}
            />
            <Area dataKey="failureStreak" {...stepArea("var(--failing-mark)", "var(--failing-wash)")} />
          </AreaChart>
        </ResponsiveContainer>
      </div>
    </figure>
  );
}
