import { ChevronRight, EyeOff } from "lucide-react";
import { memo } from "react";
import { formatDuration } from "../../../format/duration";
import { formatCount, formatCounted } from "../../../format/number";
import { formatTimestamp } from "../../../format/time";
import { classNames } from "../../../ui/class-names";
import { ListRow, type RowPlace } from "../../../ui/ListRow";
import { EventGlyph } from "./EventGlyph";
import { eventWords } from "./event-words";
import { GateStrip } from "./GateStrip";
import type { TimelineRow } from "./timeline-rows";

const lineHeight = 28;
const twoLines = 44;

/** Height of a row in pixels: two lines where there is a who, a why or a soak to tell. */
export function rowHeight(row: TimelineRow): number {
  return row.kind === "event" && eventWords(row.event).note !== "" ? twoLines : lineHeight;
}

const columns =
  "grid grid-cols-[52px_108px_16px_minmax(0,1fr)_120px] items-center gap-x-2.5 px-3 @max-[560px]:grid-cols-[52px_108px_16px_minmax(0,1fr)]";

/** The titles over the list. */
export function TimelineHeads() {
  return (
    <div
      aria-hidden
      className={classNames(columns, "h-7 shrink-0 border-b border-line bg-panel pr-5 text-small text-muted")}
    >
      <span className="text-right">Entry</span>
      <span>Time (UTC)</span>
      <span />
      <span>What happened</span>
      <span className="@max-[560px]:hidden">Gate vector</span>
    </div>
  );
}

function Moment(props: { readonly unixMs: number; readonly quiet?: boolean }) {
  return (
    <span
      role="gridcell"
      className={classNames("figure whitespace-nowrap", props.quiet === true ? "text-faint" : "text-muted")}
    >
      {formatTimestamp(props.unixMs).slice(5, 19)}
    </span>
  );
}

function EventCells(props: { readonly row: Extract<TimelineRow, { kind: "event" }> }) {
  const { entry, event, first } = props.row;
  const words = eventWords(event);
  return (
    <>
      <span role="gridcell" className="figure text-right text-faint">
        {first && formatCount(entry.sequence)}
      </span>
      <Moment unixMs={event.at.unixMs} quiet={!first} />
      <span role="gridcell">
        <EventGlyph type={event.type} tone={words.tone} />
      </span>
      <span
        role="gridcell"
        className={classNames(
          "min-w-0",
          event.type !== "check-recorded" && "col-span-2 @max-[560px]:col-span-1",
        )}
        data-event={event.type}
      >
        <span
          className={classNames("block truncate", event.type !== "check-recorded" && "font-medium")}
          title={words.title}
        >
          {words.title}
        </span>
        {words.note !== "" && (
          <span className="block truncate text-small text-muted" title={words.note}>
            {words.note}
          </span>
        )}
      </span>
      {event.type === "check-recorded" && (
        <span role="gridcell" className="@max-[560px]:hidden">
          <GateStrip check={event} />
        </span>
      )}
    </>
  );
}

function StretchCells(props: { readonly row: Extract<TimelineRow, { kind: "stretch" }> }) {
  const { row } = props;
  return (
    <>
      <span role="gridcell" className="flex justify-end text-faint">
        <ChevronRight size={13} aria-hidden />
      </span>
      <Moment unixMs={row.toUnixMs} quiet />
      <span role="gridcell" />
      <span role="gridcell" className="col-span-2 truncate text-muted @max-[560px]:col-span-1">
        {formatCounted(row.sequences.length, "check")} in {formatDuration(row.toUnixMs - row.fromUnixMs)},
        every gate passed as before; {formatDuration(row.addedMs)} counted. Open to see each
      </span>
    </>
  );
}

function GapCells(props: { readonly row: Extract<TimelineRow, { kind: "gap" }> }) {
  const { row } = props;
  const length = formatDuration(row.toUnixMs - row.fromUnixMs);
  return (
    <>
      <span role="gridcell" />
      <Moment unixMs={row.fromUnixMs} quiet />
      <span role="gridcell">
        <EyeOff size={13} className="text-stale" aria-hidden />
      </span>
      <span role="gridcell" className="col-span-2 truncate text-stale @max-[560px]:col-span-1">
        {row.reason === "downtime"
          ? `${length} not observed: no console was open. It does not count`
          : `${length} without an entry`}
      </span>
    </>
  );
}

/** One row of the timeline, at its place. */
export const TimelineRowView = memo(function TimelineRowView(
  props: RowPlace & { readonly row: TimelineRow },
) {
  const { row } = props;
  return (
    <ListRow
      list="timeline"
      place={props}
      height={rowHeight(row)}
      className={classNames(columns, row.kind === "gap" && "hatched")}
    >
      {row.kind === "event" && <EventCells row={row} />}
      {row.kind === "stretch" && <StretchCells row={row} />}
      {row.kind === "gap" && <GapCells row={row} />}
    </ListRow>
  );
});
