import type { HistoryPoint } from "#contract/requests";
import { formatCount } from "../../../format/number";
import { formatTimestamp } from "../../../format/time";

const figures = [
  ["failureStreak", "failure streak"],
  ["applied", "applied"],
  ["failed", "failed"],
  ["malformed", "malformed"],
  ["backlog", "backlog"],
  ["duplicates", "duplicates"],
  ["retries", "retries"],
] as const satisfies readonly (readonly [keyof HistoryPoint, string])[];

/** Everything a step of the chart stands for. Recharts passes what is under the pointer or the arrow keys. */
export function ChartTooltip(props: {
  readonly active?: boolean;
  readonly payload?: readonly { readonly payload?: HistoryPoint }[];
}) {
  const point = props.payload?.[0]?.payload;
  if (props.active !== true || point === undefined) return null;
  return (
    <div className="rounded-control border border-line-strong bg-raised px-2.5 py-1.5 text-small text-ink">
      <p className="figure">{formatTimestamp(point.toUnixMs)} UTC</p>
      <p>
        {point.healthState}, {formatCount(point.cycles)} {point.cycles === 1 ? "cycle" : "cycles"}
      </p>
      <dl className="grid grid-cols-[1fr_auto] gap-x-4">
        {figures.map(([key, term]) => (
          <div key={key} className="contents">
            <dt className="text-muted">{term}</dt>
            <dd className="figure text-right">{formatCount(point[key])}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
