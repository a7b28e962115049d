import type { ReactNode } from "react";
import { classNames } from "./class-names";

/** Where a row stands in its virtual grid, and how: `index` counts from 0, `top` is pixels from the first row. */
export interface RowPlace {
  readonly index: number;
  readonly top: number;
  readonly active: boolean;
  /** Left out where nothing can be selected. */
  readonly selected?: boolean;
  readonly onOpen: (index: number) => void;
}

/**
 * One row of a virtual grid, at its place. The grid has the focus and handles the keys; the row is its active
 * descendant, by the identifier `<list>-<index>`. `headRows` are those of the grid that hold titles; `height` is pixels.
 */
export function ListRow(props: {
  readonly list: string;
  readonly place: RowPlace;
  readonly headRows?: number;
  readonly height: number;
  readonly className: string;
  readonly children: ReactNode;
}) {
  const { active, index, onOpen, selected, top } = props.place;
  return (
    // The keys are the grid's.
    // eslint-disable-next-line jsx-a11y/click-events-have-key-events
    <div
      id={`${props.list}-${index}`}
      role="row"
      aria-rowindex={index + 1 + (props.headRows ?? 0)}
      aria-selected={selected}
      tabIndex={-1}
      className={classNames(
        "absolute top-0 left-0 w-full border-b border-line hover:bg-hover",
        props.className,
        selected === true && "bg-accent-wash",
        active &&
          "in-focus-visible:outline-2 in-focus-visible:-outline-offset-2 in-focus-visible:outline-accent",
      )}
      style={{ height: props.height, transform: `translateY(${top}px)` }}
      onClick={() => onOpen(index)}
    >
      {props.children}
    </div>
  );
}
