import { memo } from "react";
import type { EventRow } from "#contract/requests";
import { formatCount } from "../../format/number";
import { firstLine } from "../../format/record-text";
import { formatTimestamp } from "../../format/time";
import { loggedStatus } from "../../state/display-status";
import { classNames } from "../../ui/class-names";
import { ListRow, type RowPlace } from "../../ui/ListRow";
import { Skeleton } from "../../ui/Skeleton";
import { StatusGlyph, StatusWord } from "../../ui/StatusGlyph";

/** Height of a row in pixels. */
export const rowHeight = 28;

const columns =
  "grid grid-cols-[72px_188px_100px_56px_56px_56px_minmax(0,1fr)] items-center gap-x-3 px-3 @max-[760px]:grid-cols-[64px_188px_100px_minmax(0,1fr)]";

/** Figures give way when the record stands beside the list: it shows them all. */
const roomy = "@max-[760px]:hidden";

/** The titles over the list. */
export function EventHeads() {
  return (
    <div
      aria-hidden
      className={classNames(columns, "h-7 shrink-0 border-b border-line bg-panel pr-5 text-small text-muted")}
    >
      <span className="text-right">Line</span>
      <span>Time (UTC)</span>
      <span>State</span>
      <span className={`text-right ${roomy}`}>Applied</span>
      <span className={`text-right ${roomy}`}>Failed</span>
      <span className={`text-right ${roomy}`}>Streak</span>
      <span>Reason codes</span>
    </div>
  );
}

function CycleCells(props: { readonly row: EventRow }) {
  const { cycle, line, problem, text } = props.row;
  if (cycle === null)
    return (
      <>
        <span role="gridcell" className="figure text-right text-faint">
          {formatCount(line)}
        </span>
        <span role="gridcell" className="text-faint">
          not a valid record
        </span>
        <span role="gridcell" className="inline-flex items-center gap-1.5 font-medium text-stale">
          <StatusGlyph status="unreadable" />
          Invalid
        </span>
        <span role="gridcell" className="figure col-span-4 truncate @max-[760px]:col-span-1 text-muted">
          {problem} <span className="text-faint">{firstLine(text, 200)}</span>
        </span>
      </>
    );
  return (
    <>
      <span role="gridcell" className="figure text-right text-faint">
        {formatCount(line)}
      </span>
      <span role="gridcell" className="figure whitespace-nowrap text-muted">
        {formatTimestamp(cycle.timestampUnixMs)}
      </span>
      <span role="gridcell">
        <StatusWord status={loggedStatus(cycle.healthState)} />
      </span>
      {[cycle.applied, cycle.failed, cycle.failureStreak].map((value, index) => (
        <span
          // The three cells never change places.
          // eslint-disable-next-line react/no-array-index-key
          key={index}
          role="gridcell"
          className={classNames(
            "figure text-right",
            roomy,
            value === 0 ? "text-faint" : index === 0 ? "text-ink" : "text-failing",
          )}
        >
          {formatCount(value)}
        </span>
      ))}
      <span role="gridcell" className="figure truncate text-muted" title={cycle.reasonCodes.join("\n")}>
        {cycle.reasonCodes.join("  ")}
      </span>
    </>
  );
}

/** One row of the list, at its place; a row that is not here yet keeps its room. */
export const EventRowView = memo(function EventRowView(
  props: RowPlace & { readonly row: EventRow | undefined },
) {
  const { row } = props;
  return (
    <ListRow list="event" place={props} height={rowHeight} className={columns}>
      {row === undefined ? (
        <span role="gridcell" aria-label="Loading" className="col-span-full">
          <Skeleton className="w-1/2" />
        </span>
      ) : (
        <CycleCells row={row} />
      )}
    </ListRow>
  );
});
