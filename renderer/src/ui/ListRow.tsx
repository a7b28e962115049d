import type { ReactNode } from "react";
import { classNames } from "./class-names";

/**
 * One row of a virtual grid, at its place. The grid has the focus and handles the keys; the row is its active
 * descendant, by `id`. `rowIndex` counts from 1, title row included; `top` and `height` are pixels.
 */
export function ListRow(props: {
  readonly id: string;
  readonly rowIndex: number;
  readonly top: number;
  readonly height: number;
  readonly active: boolean;
  /** Left out where nothing can be selected. */
  readonly selected?: boolean;
  readonly className: string;
  readonly onOpen: () => void;
  readonly children: ReactNode;
}) {
  return (
    // The keys are the grid's.
    // eslint-disable-next-line jsx-a11y/click-events-have-key-events
    <div
      id={props.id}
      role="row"
      aria-rowindex={props.rowIndex}
      aria-selected={props.selected}
      tabIndex={-1}
      className={classNames(
        "absolute top-0 left-0 w-full border-b border-line hover:bg-hover",
        props.className,
        props.selected === true && "bg-accent-wash",
        props.active &&
          "in-focus-visible:outline-2 in-focus-visible:-outline-offset-2 in-focus-visible:outline-accent",
      )}
      style={{ height: props.height, transform: `translateY(${props.top}px)` }}
      onClick={props.onOpen}
    >
      {props.children}
    </div>
  );
}
