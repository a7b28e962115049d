import { useVirtualizer } from "@tanstack/react-virtual";
import { useMemo, useRef } from "react";
import { classNames } from "./class-names";

const lineHeight = 18;

/** Text with line numbers, wrapped; only the lines in sight are drawn, so that a megabyte scrolls as well as a line. */
export function CodeView(props: { readonly text: string; readonly label: string; readonly held?: boolean }) {
  const lines = useMemo(() => props.text.split("\n"), [props.text]);
  const scroller = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => lineHeight,
    overscan: 20,
  });
  const numberWidth = `${String(lines.length).length + 1}ch`;
  return (
    <div
      ref={scroller}
      tabIndex={0}
      role="region"
      aria-label={props.label}
      className={classNames(
        "figure scroll-region min-h-0 flex-1 bg-panel py-1 text-small",
        props.held === true && "held",
      )}
    >
      <div
        className={classNames("relative w-full", props.held === true && "hatched")}
        style={{ height: virtualizer.getTotalSize() }}
      >
        {virtualizer.getVirtualItems().map((item) => (
          <div
            key={item.key}
            ref={virtualizer.measureElement}
            data-index={item.index}
            className="absolute top-0 left-0 flex w-full gap-3 px-3"
            style={{ lineHeight: `${lineHeight}px`, transform: `translateY(${item.start}px)` }}
          >
            <span
              aria-hidden
              className="shrink-0 text-right text-faint select-none"
              style={{ width: numberWidth }}
            >
              {item.index + 1}
            </span>
            <span className="min-h-4.5 min-w-0 flex-1 break-words whitespace-pre-wrap">
              {lines[item.index]}
            </span>
          </div>
        ))}
      </div>
    </div>
  );
}
