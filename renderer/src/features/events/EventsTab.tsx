import { useState } from "react";
import type { EventFilter } from "#contract/requests";
import type { SurfaceView } from "#contract/view";
import { EventDetail } from "./EventDetail";
import { EventFilters } from "./EventFilters";
import { EventList } from "./EventList";

const noFilter: EventFilter = { codes: [], states: [], fromUnixMs: null, toUnixMs: null };

/** The event log: filters over a list that holds any number of rows, and the selected record beside it. */
export function EventsTab(props: { readonly view: SurfaceView; readonly line: number | null }) {
  const { view } = props;
  const [filter, setFilter] = useState(noFilter);
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <EventFilters view={view} filter={filter} onChange={setFilter} />
      <div className="flex min-h-0 flex-1">
        <EventList key={JSON.stringify(filter)} view={view} filter={filter} line={props.line} />
        {props.line !== null && (
          <EventDetail key={`${view.reading.log.generation}:${props.line}`} view={view} line={props.line} />
        )}
      </div>
    </div>
  );
}
