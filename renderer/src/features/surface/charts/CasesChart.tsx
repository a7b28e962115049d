import { CartesianGrid, Line, LineChart, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import type { HistoryPoint } from "#contract/requests";
import { axisText, axisTicks, axisWidth, chartMargin, chartSteps, stepLabel } from "./axis";
import { ChartTooltip } from "./ChartTooltip";

/** Each line has its own dash as well as its own hue. */
const series = [
  { key: "applied", word: "applied", stroke: "var(--healthy-mark)", dash: "" },
  { key: "failed", word: "failed", stroke: "var(--failing-mark)", dash: "6 2" },
  { key: "malformed", word: "malformed", stroke: "var(--degraded-mark)", dash: "2 2" },
  { key: "backlog", word: "backlog", stroke: "var(--accent)", dash: "8 3 2 3" },
] as const;

function Legend() {
  return (
    <ul className="flex h-5 items-center justify-end gap-4 pr-3 text-small text-muted">
      {series.map((line) => (
        <li key={line.key} className="flex items-center gap-1.5">
          <svg width={20} height={4} aria-hidden>
            <path d="M0 2h20" stroke={line.stroke} strokeWidth={2} strokeDasharray={line.dash} />
          </svg>
          {line.word}
        </li>
      ))}
    </ul>
  );
}

/** Cases per step: applied, failed, malformed and backlog. */
export function CasesChart(props: { readonly points: readonly HistoryPoint[] }) {
  const { points } = props;
  return (
    <figure className="flex min-h-0 flex-1 items-stretch" aria-label="Cases per cycle over time">
      <figcaption className="w-5.5 shrink-0 self-center text-small text-faint [writing-mode:sideways-lr]">
        cases
      </figcaption>
      <div className="flex min-w-0 flex-1 flex-col">
        <Legend />
        <div className="min-h-0 flex-1">
          <ResponsiveContainer width="100%" height="100%">
            <LineChart data={chartSteps(points)} margin={chartMargin} syncId="history" accessibilityLayer>
              <CartesianGrid stroke="var(--line)" vertical={false} />
              <XAxis
                type="number"
                dataKey="step"
                domain={[0, points.length]}
                ticks={axisTicks(points)}
                interval={0}
                tickFormatter={(index: number) => stepLabel(points, index)}
                tick={axisText}
                tickLine={false}
                axisLine={{ stroke: "var(--line-strong)" }}
                height={20}
              />
              <YAxis
                width={axisWidth}
                allowDecimals={false}
                tick={axisText}
                tickLine={false}
                axisLine={false}
                tickCount={4}
              />
              <Tooltip
                content={<ChartTooltip />}
                isAnimationActive={false}
                cursor={{ stroke: "var(--accent)" }}
              />
              {series.map((line) => (
                <Line
                  key={line.key}
                  type="stepAfter"
                  dataKey={line.key}
                  stroke={line.stroke}
                  strokeWidth={1.5}
                  strokeDasharray={line.dash}
                  dot={false}
                  isAnimationActive={false}
                  activeDot={{ r: 3, stroke: "var(--panel)" }}
                />
              ))}
            </LineChart>
          </ResponsiveContainer>
        </div>
      </div>
    </figure>
  );
}
