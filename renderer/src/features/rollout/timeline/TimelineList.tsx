import { useVirtualizer } from "@tanstack/react-virtual";
import { ArrowUp } from "lucide-react";
import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from "react";
import type { RolloutView } from "#contract/rollout/view";
import { formatCount, formatCounted } from "../../../format/number";
import { rolloutRoute } from "../../../state/route";
import { navigate } from "../../../state/use-route";
import { EmptyState, ErrorNotice } from "../../../ui/Notice";
import { SkeletonLines } from "../../../ui/Skeleton";
import { movedIndex } from "../../events/list-keys";
import { timelineRows } from "./timeline-rows";
import { rowHeight, TimelineHeads, TimelineRowView } from "./TimelineRowView";
import { useTimeline } from "./use-timeline";

/** Within this of the top, the top counts as in sight. */
const topPixels = 28;
/** For a page of rows; most have two lines. */
const typicalHeight = 40;

/** The journal's entries, newest first. It stays put while entries arrive, unless its top is in sight. */
export function TimelineList(props: {
  readonly view: RolloutView;
  readonly notableOnly: boolean;
  readonly sequence: number | null;
}) {
  const { notableOnly, sequence, view } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState(0);
  const [unfolded, setUnfolded] = useState<ReadonlySet<number>>(new Set());
  const atTop = (): boolean => (scroller.current?.scrollTop ?? 0) < topPixels;
  const { askAgain, error, pages, showArrived, showOlder } = useTimeline(
    view.rolloutId,
    notableOnly,
    view.journal.entries,
    atTop,
  );
  const rows = useMemo(
    () => timelineRows(pages.entries, view.checkIntervalMs, unfolded),
    [pages.entries, view.checkIntervalMs, unfolded],
  );
  const sizes = useMemo(() => rows.map(rowHeight), [rows]);
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => sizes[index] ?? 0,
    getItemKey: (index) => rows[index]?.key ?? index,
    overscan: 12,
  });
  // Rows change their height with what they show: measurements of other rows must not be kept.
  useEffect(() => virtualizer.measure(), [virtualizer, sizes]);
  const items = virtualizer.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (last >= rows.length - 1) showOlder();
  }, [last, rows.length, showOlder]);

  const open = (index: number): void => {
    const row = rows[index];
    setActive(index);
    if (row?.kind === "stretch") setUnfolded(new Set([...unfolded, ...row.sequences]));
    if (row?.kind === "event")
      navigate(rolloutRoute(view.rolloutId, "timeline", { sequence: row.entry.sequence }));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === "Enter") return open(active);
    const page = Math.floor((scroller.current?.clientHeight ?? 0) / typicalHeight);
    const next = movedIndex(event.key, active, rows.length, page);
    if (next === null) return;
    event.preventDefault();
    setActive(next);
    virtualizer.scrollToIndex(next);
  };
  const toTop = (): void => {
    showArrived();
    setActive(0);
    virtualizer.scrollToOffset(0);
  };

  return (
    <div className="@container relative flex min-h-0 min-w-0 flex-1 flex-col">
      {error !== null && <ErrorNotice error={error} className="m-2" onRetry={askAgain} />}
      {pages.arrived.length > 0 && (
        <button
          type="button"
          className="figure absolute top-9 left-1/2 z-1 inline-flex h-6 -translate-x-1/2 items-center gap-1 rounded-[12px] border border-accent bg-accent-wash px-2.5 text-small text-ink"
          onClick={toTop}
        >
          <ArrowUp size={12} aria-hidden />
          {formatCount(pages.arrived.length)} new
        </button>
      )}
      <TimelineHeads />
      {pages.known && rows.length === 0 ? (
        <EmptyState title="The journal has no such entry" />
      ) : (
        <div
          ref={scroller}
          role="grid"
          tabIndex={0}
          aria-label="Timeline of the rollout, newest first"
          aria-rowcount={pages.complete ? rows.length : -1}
          aria-activedescendant={items.length > 0 ? `timeline-${active}` : undefined}
          className="scroll-region min-h-0 flex-1 bg-panel"
          onKeyDown={onKeyDown}
        >
          {pages.known ? (
            <div
              className="relative w-full"
              role="presentation"
              style={{ height: virtualizer.getTotalSize() }}
            >
              {items.map((item) => {
                const row = rows[item.index];
                return row === undefined ? null : (
                  <TimelineRowView
                    key={row.key}
                    index={item.index}
                    top={item.start}
                    row={row}
                    active={item.index === active}
                    selected={row.kind === "event" && row.entry.sequence === sequence}
                    onOpen={open}
                  />
                );
              })}
            </div>
          ) : (
            error === null && <SkeletonLines lines={10} />
          )}
        </div>
      )}
      <p
        className="flex h-6 shrink-0 items-center border-t border-line bg-panel px-3 text-small text-muted"
        data-testid="timeline-count"
      >
        {pages.known
          ? `${formatCounted(pages.entries.length, "entry", "entries")}${pages.complete ? ", from the first on" : " so far; older ones follow as you scroll"}`
          : "\u00a0"}
      </p>
    </div>
  );
}
