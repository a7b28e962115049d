import { ListFilter, X } from "lucide-react";
import { useState } from "react";
import type { EventFilter } from "#contract/requests";
import type { SurfaceView } from "#contract/view";
import { Button } from "../../ui/Button";
import { classNames } from "../../ui/class-names";
import { StatusGlyph } from "../../ui/StatusGlyph";
import { CodePicker } from "./CodePicker";
import { TimeRange } from "./TimeRange";

const states = ["healthy", "degraded", "failing", "invalid"] as const;
const words = { healthy: "Healthy", degraded: "Degraded", failing: "Failing", invalid: "Invalid" } as const;

/** Adds or takes away one entry. */
function toggled<Entry>(entries: readonly Entry[], entry: Entry): Entry[] {
  return entries.includes(entry) ? entries.filter((known) => known !== entry) : [...entries, entry];
}

function StateToggles(props: {
  readonly filter: EventFilter;
  readonly onChange: (filter: EventFilter) => void;
}) {
  const { filter } = props;
  return (
    <div role="group" aria-label="States" className="flex">
      {states.map((state) => {
        const pressed = filter.states.includes(state);
        return (
          <button
            key={state}
            type="button"
            aria-pressed={pressed}
            className={classNames(
              "-ml-px inline-flex h-7 items-center gap-1.5 border px-2 first:ml-0 first:rounded-l-control last:rounded-r-control",
              pressed
                ? "z-1 border-accent bg-accent-wash text-ink"
                : "border-line-strong bg-panel text-muted hover:bg-hover",
            )}
            onClick={() => props.onChange({ ...filter, states: toggled(filter.states, state) })}
          >
            <StatusGlyph status={state === "invalid" ? "unreadable" : state} size={13} />
            {words[state]}
          </button>
        );
      })}
    </div>
  );
}

/** What of the log is shown: states, reason codes, time. Each is "any of"; all must hold. */
export function EventFilters(props: {
  readonly view: SurfaceView;
  readonly filter: EventFilter;
  readonly onChange: (filter: EventFilter) => void;
}) {
  const { filter, onChange, view } = props;
  const [timeRevision, setTimeRevision] = useState(0);
  const restricted =
    filter.codes.length > 0 ||
    filter.states.length > 0 ||
    filter.fromUnixMs !== null ||
    filter.toUnixMs !== null;
  return (
    <div
      role="search"
      aria-label="Filter events"
      className="flex h-10 shrink-0 items-center gap-3 border-b border-line bg-panel px-3"
    >
      <ListFilter size={14} className="shrink-0 text-muted" aria-hidden />
      <StateToggles filter={filter} onChange={onChange} />
      <CodePicker
        counts={view.reading.log.reasonCodeCounts}
        chosen={filter.codes}
        onChange={(codes) => onChange({ ...filter, codes })}
      />
      <TimeRange key={timeRevision} filter={filter} onChange={onChange} />
      <Button
        look="quiet"
        className={restricted ? "" : "invisible"}
        onClick={() => {
          setTimeRevision(timeRevision + 1);
          onChange({ codes: [], states: [], fromUnixMs: null, toUnixMs: null });
        }}
      >
        <X size={13} aria-hidden />
        Clear
      </Button>
    </div>
  );
}
