import type { Ref } from "react";
import { surfaceLabels } from "#contract/identity";
import type { CellView } from "#contract/rollout/view";
import { classNames } from "../../../ui/class-names";
import { Hint } from "../../../ui/Hint";
import { cellLooks } from "./cell-status";
import type { MatrixRow } from "./matrix-rows";

/** One verdict: a button that opens its evidence. What the phase does not demand is shown, and pales. */
export function MatrixCell(props: {
  readonly row: MatrixRow;
  readonly cell: CellView;
  readonly held: boolean;
  readonly selected: boolean;
  readonly tabbable: boolean;
  readonly buttonRef: Ref<HTMLButtonElement> | undefined;
  readonly onFocus: () => void;
  readonly onOpen: () => void;
}) {
  const { buttonRef, cell, held, onFocus, onOpen, row, selected, tabbable } = props;
  const { Glyph, text, wash, word } = cellLooks[cell.status];
  const counts = row.demanded || row.standing;
  const place = cell.surface === null ? "release" : surfaceLabels[cell.surface];
  return (
    <td aria-selected={selected} className="p-0" {...(row.scope === "release" ? { colSpan: 5 } : {})}>
      <Hint
        content={
          <>
            <span className={classNames("font-medium", text)}>{word}</span>
            <span className="figure block break-words">{cell.observed}</span>
          </>
        }
      >
        <button
          ref={buttonRef}
          type="button"
          tabIndex={tabbable ? 0 : -1}
          onFocus={onFocus}
          onClick={onOpen}
          aria-label={`${row.rule} ${row.title}, ${place}: ${word}, ${cell.observed}${counts ? "" : ", not demanded in this phase"}`}
          data-cell={`${row.rule} ${cell.surface ?? "release"}`}
          data-cell-status={cell.status}
          className={classNames(
            "flex h-5.5 w-full min-w-0 items-center gap-1.5 pr-1 pl-2 text-left hover:bg-hover",
            counts && !held && wash,
            selected && "outline-2 -outline-offset-2 outline-accent",
          )}
        >
          <Glyph
            size={13}
            strokeWidth={2.25}
            aria-hidden
            className={classNames("shrink-0", !counts ? "text-faint" : held ? "text-stale" : text)}
          />
          <span
            className={classNames(
              "min-w-0 truncate text-small",
              !counts
                ? "text-faint"
                : held
                  ? "text-stale"
                  : cell.status === "passed"
                    ? "text-muted"
                    : "text-ink",
            )}
          >
            {cell.status === "passed" || cell.observed !== "" ? cell.observed : word}
          </span>
        </button>
      </Hint>
    </td>
  );
}
