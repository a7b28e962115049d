import { useVirtualizer } from "@tanstack/react-virtual";
import { formatTimeOfDay } from "../format/time";
import { classNames } from "./class-names";
import { useFollowedEnd } from "./use-followed-end";

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
  const { content, onKeyDown, onScroll, onWheel, scroller } = useFollowedEnd();
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => lineHeight,
    overscan: 20,
  });
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
      onKeyDown={onKeyDown}
      onScroll={onScroll}
      onWheel={onWheel}
    >
      {count === 0 && <p className="px-3 py-2 font-sans text-muted">{props.empty}</p>}
      <div ref={content} className="relative w-full" style={{ height: virtualizer.getTotalSize() }}>
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
