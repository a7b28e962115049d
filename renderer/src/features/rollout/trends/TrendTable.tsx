import { surfaceLabels, type SurfaceId } from "#contract/identity";
import { phaseLabels } from "#contract/rollout/vocabulary";
import { formatCount } from "../../../format/number";
import { formatTimestamp } from "../../../format/time";
import { Figure } from "../../../ui/Figure";
import { StatusWord } from "../../../ui/StatusGlyph";
import { trendFigures, type TrendStep } from "./trend-steps";
import { ColumnHead } from "../../../ui/ColumnHead";

/** The figures of one surface as a table, newest check first. */
export function TrendTable(props: { readonly surface: SurfaceId; readonly steps: readonly TrendStep[] }) {
  return (
    <div
      className="scroll-region min-h-0 flex-1 bg-panel"
      tabIndex={0}
      role="region"
      aria-label={`Trends of ${surfaceLabels[props.surface]}, table`}
    >
      <table className="w-full">
        <thead className="sticky top-0 bg-panel text-small text-muted">
          <tr className="h-7">
            <ColumnHead figures className="px-3">
              Check
            </ColumnHead>
            <ColumnHead className="px-2">Time (UTC)</ColumnHead>
            <ColumnHead className="px-2">Phase</ColumnHead>
            <ColumnHead className="px-2">State</ColumnHead>
            {trendFigures.map(({ key, lineLabel, title }) => (
              <ColumnHead key={key} figures className="px-2" title={lineLabel}>
                {title}
              </ColumnHead>
            ))}
            <ColumnHead figures className="px-3">
              Cycles
            </ColumnHead>
          </tr>
        </thead>
        <tbody>
          {props.steps.toReversed().map((step) => (
            <tr key={step.step} className="h-7 border-t border-line">
              <th scope="row" className="figure px-3 text-right font-normal">
                {formatCount(step.check)}
              </th>
              <td className="figure px-2 whitespace-nowrap">{formatTimestamp(step.unixMs)}</td>
              <td className="px-2 whitespace-nowrap">{phaseLabels[step.phase]}</td>
              <td className="px-2">
                <StatusWord status={step.healthState} />
              </td>
              {trendFigures.map(({ holdsFrom, key }) => (
                <td key={key} className="px-2 text-right">
                  <Figure
                    value={step[key]}
                    {...(step[key] >= holdsFrom ? { tone: "failing" as const } : {})}
                  />
                </td>
              ))}
              <td className="px-3 text-right">
                <Figure value={step.cycles} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
