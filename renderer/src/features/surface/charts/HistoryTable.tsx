import type { HistoryPoint } from "#contract/requests";
import { formatTimestamp } from "../../../format/time";
import { loggedStatus } from "../../../state/display-status";
import { Figure } from "../../../ui/Figure";
import { StatusWord } from "../../../ui/StatusGlyph";
import { ColumnHead } from "../../../ui/ColumnHead";

const columns = [
  ["cycles", "Cycles"],
  ["failureStreak", "Streak"],
  ["applied", "Applied"],
  ["failed", "Failed"],
  ["malformed", "Malformed"],
  ["backlog", "Backlog"],
  ["duplicates", "Duplicates"],
] as const satisfies readonly (readonly [keyof HistoryPoint, string])[];

/** The charts' figures as a table, newest step first. */
export function HistoryTable(props: { readonly points: readonly HistoryPoint[] }) {
  return (
    <div
      className="scroll-region min-h-0 flex-1"
      tabIndex={0}
      role="region"
      aria-label="Health over time, table"
    >
      <table className="w-full">
        <thead className="sticky top-0 bg-panel text-small text-muted">
          <tr className="h-7">
            <ColumnHead className="px-3">Until (UTC)</ColumnHead>
            <ColumnHead className="px-2">State</ColumnHead>
            {columns.map(([key, title]) => (
              <ColumnHead key={key} figures className="px-2">
                {title}
              </ColumnHead>
            ))}
          </tr>
        </thead>
        <tbody>
          {props.points.toReversed().map((point, index) => (
            <tr key={`${point.toUnixMs} ${props.points.length - index}`} className="h-7 border-t border-line">
              <th scope="row" className="figure px-3 text-left font-normal whitespace-nowrap">
                {formatTimestamp(point.toUnixMs)}
              </th>
              <td className="px-2">
                <StatusWord status={loggedStatus(point.healthState)} />
              </td>
              {columns.map(([key]) => (
                <td key={key} className="px-2 text-right">
                  <Figure value={point[key]} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
