import { phaseLabels } from "#contract/rollout/vocabulary";
import { formatCount } from "../../../format/number";
import { formatTimestamp } from "../../../format/time";
import { trendFigures, type TrendStep } from "./trend-steps";

/** Everything a step stands for. Recharts passes what is under the pointer or the arrow keys. */
export function TrendTooltip(props: {
  readonly active?: boolean;
  readonly payload?: readonly { readonly payload?: TrendStep }[];
}) {
  const step = props.payload?.[0]?.payload;
  if (props.active !== true || step === undefined) return null;
  return (
    <div className="rounded-control border border-line-strong bg-raised px-2.5 py-1.5 text-small text-ink">
      <p className="figure">{formatTimestamp(step.unixMs)} UTC</p>
      <p>
        Check {formatCount(step.check)} in {phaseLabels[step.phase]}, {step.healthState}
      </p>
      <dl className="grid grid-cols-[1fr_auto] gap-x-4">
        {trendFigures.map(({ key, title }) => (
          <div key={key} className="contents">
            <dt className="text-muted">{title.toLowerCase()}</dt>
            <dd className="figure text-right">{formatCount(step[key])}</dd>
          </div>
        ))}
        <dt className="text-muted">cycles</dt>
        <dd className="figure text-right">{formatCount(step.cycles)}</dd>
      </dl>
    </div>
  );
}
