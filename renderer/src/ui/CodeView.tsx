import { useVirtualizer } from "@tanstack/react-virtual";
import { useMemo, useRef } from "react";
import { classNames } from "./class-names";

const lineHeight = 18;

/** Text with line numbers; only the lines in sight are drawn, so that a megabyte scrolls as well as a line. */
export function CodeView(props: {
  readonly text: string;
  readonly label: string;
  readonly held?: boolean;
  readonly className?: string;
}) {
  const lines = useMemo(() => props.text.split("\n"), [props.text]);
  const scroller = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => lineHeight,
    overscan: 20,
  });
  const numberWidth = `${String(lines.length).length + 1}ch`;
  const longest = useMemo(() => lines.reduce((length, line) => Math.max(length, line.length), 0), [lines]);
  return (
    <div
      ref={scroller}
      tabIndex={0}
      role="region"
      aria-label={props.label}
      className={classNames(
        "figure scroll-region min-h-0 flex-1 bg-panel py-1 text-small",
        props.held === true && "held hatched",
        props.className,
      )}
    >
      <div
        className="relative min-w-full"
        style={{ height: virtualizer.getTotalSize(), width: `calc(${longest}ch + ${numberWidth} + 48px)` }}
      >
        {virtualizer.getVirtualItems().map((item) => (
          <div
            key={item.key}
            className="absolute top-0 left-0 flex w-full gap-3 px-3 whitespace-pre"
            style={{
              height: lineHeight,
              lineHeight: `${lineHeight}px`,
              transform: `translateY(${item.start}px)`,
            }}
          >
            <span
              aria-hidden
              className="shrink-0 text-right text-faint select-none"
              style={{ width: numberWidth }}
            >
              {item.index + 1}
            </span>
            <span>{lines[item.index]}</span>
          </div>
        ))}
      </div>
    </div>
  );
}
