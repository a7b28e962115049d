import { useVirtualizer } from "@tanstack/react-virtual";
import { useRef, type ReactNode } from "react";
import { classNames } from "../../../ui/class-names";

/** Rows of one height (pixels) that scroll; however many there are, only those in sight are drawn. */
export function VirtualRows<Item>(props: {
  readonly items: readonly Item[];
  readonly height: number;
  readonly label: string;
  readonly className?: string;
  readonly row: (item: Item) => ReactNode;
}) {
  const { items } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: items.length,
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
        {virtualizer.getVirtualItems().map(({ index, key, start }) => {
          const item = items[index];
          return item === undefined ? null : (
            <li
              key={key}
              aria-setsize={items.length}
              aria-posinset={index + 1}
              className="absolute top-0 left-0 w-full"
              style={{ height: props.height, transform: `translateY(${start}px)` }}
            >
              {props.row(item)}
            </li>
          );
        })}
      </ul>
    </div>
  );
}
