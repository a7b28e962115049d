import { useState } from "react";
import type { EventFilter } from "#contract/requests";
import { fromFieldValue, toFieldValue } from "../../format/time";
import { hostNow } from "../../state/clock";
import { Picker } from "../../ui/Picker";

const minute = 60_000;
const ranges = [
  { value: "all", label: "Any time", lengthMs: null },
  { value: "15m", label: "Last 15 minutes", lengthMs: 15 * minute },
  { value: "1h", label: "Last hour", lengthMs: 60 * minute },
  { value: "6h", label: "Last 6 hours", lengthMs: 360 * minute },
  { value: "24h", label: "Last 24 hours", lengthMs: 1_440 * minute },
  { value: "custom", label: "From and to", lengthMs: null },
] as const;

const fieldLook =
  "figure h-7 w-48 rounded-control border border-control bg-panel px-2 text-small [color-scheme:inherit]";

/** Picks a stretch of time: one that ends now, or two moments in UTC. */
export function TimeRange(props: {
  readonly filter: EventFilter;
  readonly onChange: (filter: EventFilter) => void;
}) {
  const { filter, onChange } = props;
  const [range, setRange] = useState<string>("all");
  const choose = (value: string): void => {
    setRange(value);
    const length = ranges.find((known) => known.value === value)?.lengthMs ?? null;
    const fromUnixMs = length === null ? (value === "custom" ? filter.fromUnixMs : null) : hostNow() - length;
    onChange({ ...filter, fromUnixMs, toUnixMs: value === "custom" ? filter.toUnixMs : null });
  };
  return (
    <div role="group" aria-label="Time" className="flex items-center gap-2">
      <Picker label="Time" value={range} choices={ranges} onChange={choose} className="w-40" />
      {range === "custom" && (
        <>
          <input
            type="datetime-local"
            step={1}
            aria-label="From (UTC)"
            className={fieldLook}
            defaultValue={filter.fromUnixMs === null ? "" : toFieldValue(filter.fromUnixMs)}
            onChange={(event) => onChange({ ...filter, fromUnixMs: fromFieldValue(event.target.value) })}
          />
          <span className="text-muted">to</span>
          <input
            type="datetime-local"
            step={1}
            aria-label="To (UTC)"
            className={fieldLook}
            defaultValue={filter.toUnixMs === null ? "" : toFieldValue(filter.toUnixMs)}
            onChange={(event) => onChange({ ...filter, toUnixMs: fromFieldValue(event.target.value) })}
          />
          <span className="text-small text-muted">UTC</span>
        </>
      )}
    </div>
  );
}
