import { Search, X } from "lucide-react";
import { useDeferredValue, useMemo, useState } from "react";
import { formatCount, formatCounted } from "../../../format/number";
import { formatRoute } from "../../../state/route";
import { useLatestRollout } from "../../../state/use-latest-rollout";
import { useRequest } from "../../../state/use-request";
import { Button } from "../../../ui/Button";
import { DurationsLegend } from "../../../ui/DurationsBar";
import { EmptyState, ErrorNotice } from "../../../ui/Notice";
import { SkeletonLines } from "../../../ui/Skeleton";
import { filterRollouts, newestFirst, nextSorting, sortRollouts } from "./history-rows";
import { HistoryList } from "./HistoryList";

/** As many as one answer carries. */
const limit = 2_000;

/** Every rollout of the workspace: one table, filtered by text, sorted by any column. */
export function HistoryPage() {
  const latest = useLatestRollout();
  const revision = latest === null ? "" : `${latest.rolloutId} ${latest.revision}`;
  const { ask, error, value } = useRequest("rollout.list", { limit }, revision);
  const [text, setText] = useState("");
  const [sorting, setSorting] = useState(newestFirst);
  const filter = useDeferredValue(text);
  const rows = useMemo(
    () => sortRollouts(filterRollouts(value?.rollouts ?? [], filter), sorting),
    [value, filter, sorting],
  );
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div className="flex h-10 shrink-0 items-center gap-4 border-b border-line bg-panel pr-2 pl-4">
        <h1 className="text-title font-semibold">History</h1>
        <span role="search" className="relative flex items-center">
          <Search size={14} className="absolute left-2 text-muted" aria-hidden />
          <input
            type="text"
            aria-label="Filter rollouts"
            placeholder="Version, commit, profile, status, trigger, name"
            value={text}
            onChange={(event) => setText(event.target.value)}
            className="h-7 w-84 rounded-control border border-control bg-panel pr-7 pl-7"
          />
          <Button
            look="quiet"
            size="small-icon"
            aria-label="Clear the filter"
            className={text === "" ? "invisible absolute right-0.5" : "absolute right-0.5"}
            onClick={() => setText("")}
          >
            <X size={13} aria-hidden />
          </Button>
        </span>
        <p
          className="min-w-0 flex-1 truncate text-small text-muted"
          role="status"
          data-testid="history-count"
        >
          {value !== null && (
            <>
              <span className="figure">{formatCount(rows.length)}</span> of{" "}
              {formatCounted(value.total, "rollout")}
              {value.total > value.rollouts.length &&
                `; the newest ${formatCount(value.rollouts.length)} are listed`}
            </>
          )}
        </p>
        <DurationsLegend className="hidden min-[1200px]:flex" />
        <a
          href={formatRoute({ view: "rollout-start" })}
          className="inline-flex h-7 shrink-0 items-center rounded-control border border-line-strong bg-panel px-2.5 font-medium hover:bg-hover"
        >
          Start a rollout
        </a>
      </div>
      {error !== null && <ErrorNotice error={error} className="m-2" onRetry={ask} />}
      {value === null && error === null && <SkeletonLines lines={12} />}
      {value !== null &&
        (rows.length === 0 ? (
          <EmptyState title={value.total === 0 ? "No rollout yet" : "No rollout matches"}>
            <p>
              {value.total === 0
                ? "The first rollout of this workspace will stand here, and stay here."
                : "Take away part of the filter to see more."}
            </p>
          </EmptyState>
        ) : (
          <HistoryList
            key={filter}
            rows={rows}
            sorting={sorting}
            onSort={(key) => setSorting(nextSorting(sorting, key))}
          />
        ))}
    </div>
  );
}
