import { useVirtualizer } from "@tanstack/react-virtual";
import { ArrowDown, ArrowUp } from "lucide-react";
import { useCallback, useRef, useState, type KeyboardEvent } from "react";
import type { RolloutSummary } from "#contract/rollout/view";
import { rolloutRoute } from "../../../state/route";
import { navigate } from "../../../state/use-route";
import { classNames } from "../../../ui/class-names";
import { movedIndex } from "../../events/list-keys";
import { columns, HistoryRow, rowHeight } from "./HistoryRow";
import type { SortKey, Sorting } from "./history-rows";

const headHeight = 28;

const titles: readonly (readonly [SortKey, string])[] = [
  ["status", "Status"],
  ["candidate", "Candidate"],
  ["profile", "Profile"],
  ["started", "Started (UTC)"],
  ["ended", "Ended (UTC)"],
  ["duration", "Soaking, waiting, held"],
  ["triggers", "Triggers"],
];

function Heads(props: { readonly sorting: Sorting; readonly onSort: (key: SortKey) => void }) {
  const { sorting } = props;
  const Arrow = sorting.descending ? ArrowDown : ArrowUp;
  return (
    <div
      role="row"
      aria-rowindex={1}
      className={classNames(columns, "sticky top-0 z-1 border-b border-line bg-panel text-small text-muted")}
      style={{ height: headHeight }}
    >
      {titles.map(([key, title]) => (
        <span
          key={key}
          role="columnheader"
          aria-sort={sorting.key === key ? (sorting.descending ? "descending" : "ascending") : "none"}
        >
          <button
            type="button"
            className={classNames(
              "inline-flex h-7 items-center gap-1 hover:text-ink",
              sorting.key === key && "font-medium text-ink",
            )}
            onClick={() => props.onSort(key)}
          >
            {title}
            {sorting.key === key && <Arrow size={12} aria-hidden />}
          </button>
        </span>
      ))}
    </div>
  );
}

/** The rows in sight, whatever their number. */
export function HistoryList(props: {
  readonly rows: readonly RolloutSummary[];
  readonly sorting: Sorting;
  readonly onSort: (key: SortKey) => void;
}) {
  const { rows } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState(0);
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
    scrollMargin: headHeight,
    scrollPaddingStart: headHeight,
  });
  const open = useCallback(
    (index: number): void => {
      const summary = rows[index];
      if (summary !== undefined) navigate(rolloutRoute(summary.rolloutId));
    },
    [rows],
  );
  const onKeyDown = (event: KeyboardEvent): void => {
    // The titles are buttons of their own.
    if (event.target !== event.currentTarget) return;
    if (event.key === "Enter") return open(active);
    const page = Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight);
    const next = movedIndex(event.key, active, rows.length, page);
    if (next === null) return;
    event.preventDefault();
    setActive(next);
    virtualizer.scrollToIndex(next);
  };
  const items = virtualizer.getVirtualItems();
  return (
    <div
      ref={scroller}
      role="grid"
      tabIndex={0}
      aria-label="Rollouts"
      aria-rowcount={rows.length + 1}
      aria-activedescendant={items.length > 0 ? `rollout-${active}` : undefined}
      className="scroll-region min-h-0 flex-1 bg-panel"
      onKeyDown={onKeyDown}
    >
      <Heads sorting={props.sorting} onSort={props.onSort} />
      <div className="relative w-full" role="presentation" style={{ height: rows.length * rowHeight }}>
        {items.map((item) => {
          const summary = rows[item.index];
          return summary === undefined ? null : (
            <HistoryRow
              key={summary.rolloutId}
              index={item.index}
              top={item.start - headHeight}
              summary={summary}
              active={item.index === active}
              onOpen={open}
            />
          );
        })}
      </div>
    </div>
  );
}
