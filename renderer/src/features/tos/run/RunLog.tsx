import { useCallback, useMemo, useState } from "react";
import { formatCounted } from "../../../format/number";
import { classNames } from "../../../ui/class-names";
import { LogLines } from "../../../ui/LogLines";
import { filteredRows, logFilters, type Log, type LogFilter } from "./log-rows";

const labels: Readonly<Record<LogFilter, string>> = {
  all: "All",
  console: "Console",
  models: "Models",
  commands: "Commands",
};

function Filters(props: { readonly filter: LogFilter; readonly onChange: (filter: LogFilter) => void }) {
  return (
    <fieldset className="flex gap-1">
      <legend className="sr-only">Which lines</legend>
      {logFilters.map((filter) => (
        <label
          key={filter}
          className={classNames(
            "rounded-control border px-1.5 text-small has-focus-visible:outline-2 has-focus-visible:outline-accent",
            filter === props.filter
              ? "border-accent bg-accent-wash text-ink"
              : "border-transparent text-muted hover:bg-hover",
          )}
        >
          <input
            type="radio"
            name="log-filter"
            className="sr-only"
            checked={filter === props.filter}
            onChange={() => props.onChange(filter)}
          />
          {labels[filter]}
        </label>
      ))}
    </fieldset>
  );
}

/** What a run said and what its models and commands did, line by line as it comes. */
export function RunLog(props: {
  readonly log: Log;
  /** Something of the run is older than what is kept in the window. */
  readonly hasEarlier: boolean;
  readonly running: boolean;
}) {
  const { hasEarlier, log, running } = props;
  const [filter, setFilter] = useState<LogFilter>("all");
  const rows = useMemo(() => filteredRows(log.rows, filter), [log, filter]);
  const lineAt = useCallback((index: number) => rows[index], [rows]);
  return (
    <section aria-label="What it says" className="flex min-h-40 flex-1 flex-col">
      <div className="flex h-7 shrink-0 items-center justify-between gap-3 border-b border-line px-3 text-small text-muted">
        <Filters filter={filter} onChange={setFilter} />
        <span className="truncate" data-testid="log-count">
          {formatCounted(rows.length, "line")}
          {hasEarlier && ", earlier ones in the file only"}
        </span>
      </div>
      <LogLines
        label="What the run says"
        count={rows.length}
        lineAt={lineAt}
        empty={
          filter === "all" ? (running ? "Nothing said yet." : "It said nothing.") : "No line of this kind."
        }
        tagWidth={6}
      />
    </section>
  );
}
