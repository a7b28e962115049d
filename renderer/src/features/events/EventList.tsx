import { useVirtualizer } from "@tanstack/react-virtual";
import { ArrowUp } from "lucide-react";
import { useEffect, useRef, useState, type KeyboardEvent } from "react";
import type { EventFilter } from "#contract/requests";
import type { SurfaceView } from "#contract/view";
import { surfaceLabels } from "#contract/identity";
import { formatCount } from "../../format/number";
import { arrivedAbove, indexOfLine, rowAt, rowCount } from "../../state/event-pager";
import { navigate, surfaceRoute } from "../../state/use-route";
import { ErrorNotice, EmptyState } from "../../ui/Notice";
import { SkeletonLines } from "../../ui/Skeleton";
import { EventHeads, EventRowView, rowHeight } from "./EventRowView";
import { movedIndex } from "./list-keys";
import { useEventPager } from "./use-event-pager";

/** A scrolling area may be 33,554,432 px high at most in Chromium; older rows are reached with the time filter. */
const maximumRows = Math.floor(33_000_000 / rowHeight);

/** The list of a log's rows, newest first. It stays put while rows arrive, unless it follows them. */
export function EventList(props: {
  readonly view: SurfaceView;
  readonly filter: EventFilter;
  readonly line: number | null;
}) {
  const { line, view } = props;
  const { log, surface } = view.reading;
  const [following, setFollowing] = useState(true);
  const [active, setActive] = useState(0);
  const scroller = useRef<HTMLDivElement>(null);
  const { error, known, pager, show, toNewest } = useEventPager(surface, log, props.filter, following);
  const count = Math.min(rowCount(pager), maximumRows);
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
  });
  const items = virtualizer.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => show(first, last), [show, first, last]);

  const open = (index: number): void => {
    const row = rowAt(pager, index);
    if (row === undefined) return;
    setActive(index);
    setFollowing(false);
    navigate(surfaceRoute(surface, "events", row.line));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === "Enter") return open(active);
    const next = movedIndex(
      event.key,
      active,
      count,
      Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight),
    );
    if (next === null) return;
    event.preventDefault();
    setFollowing(false);
    setActive(next);
    virtualizer.scrollToIndex(next);
  };
  const follow = (): void => {
    toNewest();
    setFollowing(true);
    setActive(0);
    virtualizer.scrollToOffset(0);
  };

  const selected = line === null ? null : indexOfLine(pager, line);
  const arrived = arrivedAbove(pager);
  return (
    <div className="@container relative flex min-w-0 flex-1 flex-col">
      <div className="flex h-7 shrink-0 items-center justify-between border-b border-line bg-panel px-3 text-small text-muted">
        <span aria-live="off" data-testid="matching">
          <span className="figure">{known ? formatCount(pager.newest - pager.oldest + 1) : "–"}</span> of{" "}
          <span className="figure">{formatCount(log.lines)}</span> lines
          {pager.firstBrowsableLine > 1 && (
            <> · lines before {formatCount(pager.firstBrowsableLine)} count in the totals only</>
          )}
        </span>
        <label className="flex items-center gap-1.5">
          <input
            type="checkbox"
            checked={following}
            onChange={(event) => (event.target.checked ? follow() : setFollowing(false))}
          />
          Follow the newest
        </label>
      </div>
      {error !== null && <ErrorNotice error={error} className="m-2" />}
      {arrived > 0 && (
        <button
          type="button"
          className="figure absolute top-16 left-1/2 z-1 inline-flex h-6 -translate-x-1/2 items-center gap-1 rounded-[12px] border border-accent bg-accent-wash px-2.5 text-small text-ink"
          onClick={follow}
        >
          <ArrowUp size={12} aria-hidden />
          {formatCount(arrived)} new
        </button>
      )}
      <EventHeads />
      {known && count === 0 ? (
        <EmptyState title={log.lines === 0 ? "The log is empty" : "No line matches"}>
          <p>
            {log.lines === 0
              ? log.freshness.detail || `The first line of ${log.freshness.path} will appear here.`
              : "Take away part of the filter to see more."}
          </p>
        </EmptyState>
      ) : (
        <div
          ref={scroller}
          role="grid"
          tabIndex={0}
          aria-label={`Events of ${surfaceLabels[surface]}, newest first`}
          aria-rowcount={count}
          aria-activedescendant={items.length > 0 ? `event-${active}` : undefined}
          className="scroll-region min-h-0 flex-1 bg-panel"
          onKeyDown={onKeyDown}
          onScroll={(event) => {
            if (following && event.currentTarget.scrollTop > rowHeight) setFollowing(false);
          }}
        >
          {known ? (
            <div
              className="relative w-full"
              role="presentation"
              style={{ height: virtualizer.getTotalSize() }}
            >
              {items.map((item) => (
                <EventRowView
                  key={item.key}
                  index={item.index}
                  top={item.start}
                  row={rowAt(pager, item.index)}
                  active={item.index === active}
                  selected={item.index === selected}
                  onOpen={open}
                />
              ))}
            </div>
          ) : (
            <SkeletonLines lines={10} />
          )}
        </div>
      )}
    </div>
  );
}
