import { useVirtualizer } from "@tanstack/react-virtual";
import { useRef, type ReactNode } from "react";
import { classNames } from "../../../ui/class-names";

/** Rows of one height (pixels) that scroll; however many there are, only those in sight are drawn. */
export function VirtualRows(props: {
  readonly count: number;
  readonly height: number;
  readonly label: string;
  readonly className?: string;
  readonly row: (index: number) => ReactNode;
}) {
  const scroller = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: props.count,
    getScrollElement: () => scroller.current,
    estimateSize: () => props.height,
    overscan: 10,
  });
  return (
    <div
      ref={scroller}
      tabIndex={0}
      role="region"
      aria-label={props.label}
      className={classNames("scroll-region", props.className)}
    >
      <ul className="relative w-full" style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map((item) => (
          <li
            key={item.key}
            aria-setsize={props.count}
            aria-posinset={item.index + 1}
            className="absolute top-0 left-0 w-full"
            style={{ height: props.height, transform: `translateY(${item.start}px)` }}
          >
            {props.row(item.index)}
          </li>
        ))}
      </ul>
    </div>
  );
}
