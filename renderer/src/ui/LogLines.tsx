import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef } from "react";
import { formatTimeOfDay } from "../format/time";
import { classNames } from "./class-names";

const lineHeight = 18;

/** One line of a log: when, a short word for where it comes from, and what it says. */
export interface LogLine {
  readonly unixMs: number;
  readonly tag: string;
  /** Class of the tag's colour; faint when left out. */
  readonly tagClass?: string;
  readonly text: string;
  readonly textClass?: string;
}

/** A log of any length: only the lines in sight are drawn. Follows the end unless the operator scrolled away from it; End goes back to it. */
export function LogLines(props: {
  readonly label: string;
  readonly count: number;
  /** Called for lines in sight only; `index` counts from 0. */
  readonly lineAt: (index: number) => LogLine | undefined;
  /** What stands there while there is no line. */
  readonly empty: string;
  /** Width of the tags, in characters. */
  readonly tagWidth: number;
  readonly className?: string;
}) {
  const { count, lineAt } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const lastTop = useRef(0);
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => lineHeight,
    overscan: 20,
  });
  useEffect(() => {
    if (atEnd.current && count > 0) virtualizer.scrollToIndex(count - 1, { align: "end" });
    // A list at its longest drops a line for each that comes: the count stays, what it shows does not.
  }, [count, lineAt, virtualizer]);
  useEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    // What stands above the log may grow and shrink it: its end stays in sight.
    const observer = new ResizeObserver(() => {
      if (atEnd.current) element.scrollTop = element.scrollHeight;
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return (
    // The log has the focus to be scrolled by keys, and End is one of them.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <div
      ref={scroller}
      tabIndex={0}
      role="log"
      aria-label={props.label}
      aria-live="off"
      className={classNames("figure scroll-region min-h-0 flex-1 bg-canvas text-small", props.className)}
      onKeyDown={(event) => {
        if (event.key !== "End" || count === 0) return;
        event.preventDefault();
        atEnd.current = true;
        virtualizer.scrollToIndex(count - 1, { align: "end" });
      }}
      onScroll={(event) => {
        const { clientHeight, scrollHeight, scrollTop } = event.currentTarget;
        // Lines that turn out higher than expected move the end away; only going up leaves it.
        const wentUp = scrollTop < lastTop.current;
        const below = scrollHeight - scrollTop - clientHeight;
        // Going down, the end may have moved on meanwhile by the lines of a moment.
        if (below < (wentUp ? 2 : 8) * lineHeight) atEnd.current = true;
        else if (wentUp) atEnd.current = false;
        lastTop.current = scrollTop;
      }}
    >
      {count === 0 && <p className="px-3 py-2 font-sans text-muted">{props.empty}</p>}
      <div className="relative w-full" style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map((item) => {
          const line = lineAt(item.index);
          if (line === undefined) return null;
          return (
            <div
              key={item.key}
              ref={virtualizer.measureElement}
              data-index={item.index}
              className="absolute top-0 left-0 flex w-full gap-3 px-3"
              style={{
                lineHeight: `${lineHeight}px`,
                transform: `translateY(${item.start}px)`,
              }}
            >
              <span className="shrink-0 text-faint">{formatTimeOfDay(line.unixMs)}</span>
              <span
                className={classNames("shrink-0", line.tagClass ?? "text-faint")}
                style={{ width: `${props.tagWidth}ch` }}
              >
                {line.tag}
              </span>
              <span
                className={classNames(
                  "min-h-4.5 min-w-0 flex-1 break-words whitespace-pre-wrap",
                  line.textClass,
                )}
              >
                {line.text}
              </span>
            </div>
          );
        })}
      </div>
    </div>
  );
}
