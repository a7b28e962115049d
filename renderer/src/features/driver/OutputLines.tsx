import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef } from "react";
import type { OutputLine } from "#contract/driver";
import { formatTimeOfDay } from "../../format/time";

const lineHeight = 18;

/** What a run prints, each line with its stream. Follows the end unless the operator scrolled away from it. */
export function OutputLines(props: { readonly lines: readonly OutputLine[]; readonly running: boolean }) {
  const { lines } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const virtualizer = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => lineHeight,
    overscan: 20,
  });
  useEffect(() => {
    if (atEnd.current && lines.length > 0) virtualizer.scrollToIndex(lines.length - 1, { align: "end" });
  }, [lines, virtualizer]);
  return (
    <div
      ref={scroller}
      tabIndex={0}
      role="log"
      aria-label="Output of the run"
      aria-live="off"
      className="figure scroll-region min-h-0 flex-1 bg-canvas text-small"
      onScroll={(event) => {
        const { clientHeight, scrollHeight, scrollTop } = event.currentTarget;
        atEnd.current = scrollHeight - scrollTop - clientHeight < 2 * lineHeight;
      }}
    >
      {lines.length === 0 && (
        <p className="px-3 py-2 font-sans text-muted">
          {props.running ? "Nothing printed yet." : "It printed nothing."}
        </p>
      )}
      <div className="relative w-full" style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map((item) => {
          const line = lines[item.index];
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
              <span className={`w-6 shrink-0 ${line.stream === "stderr" ? "text-degraded" : "text-faint"}`}>
                {line.stream === "stderr" ? "err" : "out"}
              </span>
              <span className="min-h-4.5 min-w-0 flex-1 break-words whitespace-pre-wrap">{line.text}</span>
            </div>
          );
        })}
      </div>
    </div>
  );
}
