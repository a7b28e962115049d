import { useRef, useState, type KeyboardEvent } from "react";
import { surfaceIds, surfaceLabels, type SurfaceId } from "#contract/identity";
import type { CellView } from "#contract/rollout/view";
import type { RuleId } from "#contract/rollout/vocabulary";
import { classNames } from "../../../ui/class-names";
import { Hint } from "../../../ui/Hint";
import { Prose } from "../../../ui/Prose";
import { placeAfterKey, shownColumn, type GridPlace } from "./grid-keys";
import { MatrixCell } from "./MatrixCell";
import { placeOfCell, type MatrixRow } from "./matrix-rows";

function RuleName(props: { readonly row: MatrixRow }) {
  const { row } = props;
  const counts = row.demanded || row.standing;
  return (
    <th scope="row" className="w-64 max-w-64 border-r border-line px-2 text-left font-normal">
      <Hint
        side="right"
        content={
          <>
            <span className="block font-medium">{row.title}</span>
            <span className="text-muted">{row.source}</span>
          </>
        }
      >
        <span className="flex items-baseline gap-2">
          <span
            className={classNames(
              "figure shrink-0 text-small font-semibold",
              "w-20",
              !counts && "text-faint",
            )}
          >
            {row.rule}
          </span>
          <span className={classNames("truncate text-small", counts ? "text-ink" : "text-faint")}>
            <Prose text={row.title} />
          </span>
        </span>
      </Hint>
    </th>
  );
}

/**
 * Gates × surfaces as an ARIA grid: one stop of the tab order, arrows move, Enter opens the evidence of a cell. A rule
 * about the release as a whole spans its row.
 */
export function Matrix(props: {
  readonly rows: readonly MatrixRow[];
  readonly held: boolean;
  readonly selected: { readonly rule: RuleId; readonly surface: SurfaceId | null } | null;
  readonly onOpen: (cell: CellView) => void;
}) {
  const { rows, selected } = props;
  const judged = rows.filter((row) => row.cells.length > 0);
  const columns = judged.map((row) => row.cells.length);
  const buttons = useRef(new Map<string, HTMLButtonElement>());
  const [place, setPlace] = useState<GridPlace>({ row: 0, column: 0 });
  const current: GridPlace =
    place.row < columns.length ? place : { row: Math.max(0, columns.length - 1), column: place.column };
  const chosen = selected === null ? null : placeOfCell(judged, selected.rule, selected.surface);
  const onKeyDown = (event: KeyboardEvent<HTMLTableElement>): void => {
    if (event.altKey || columns.length === 0) return;
    const next = placeAfterKey(columns, current, event.key, event.ctrlKey || event.metaKey);
    if (next === null) return;
    event.preventDefault();
    setPlace(next);
    buttons.current.get(`${next.row} ${shownColumn(columns, next)}`)?.focus();
  };
  return (
    <table
      // The grid pattern on a table: rows and columns keep their headers, and one stop of the tab order holds all cells.
      // eslint-disable-next-line jsx-a11y/no-noninteractive-element-to-interactive-role
      role="grid"
      aria-label="Gates and surfaces"
      className="w-full table-fixed border-collapse"
      onKeyDown={onKeyDown}
    >
      <thead>
        <tr className="border-b border-line bg-raised text-small text-muted">
          <th scope="col" className="h-5.5 w-64 border-r border-line px-2 text-left font-medium">
            Rule
          </th>
          {surfaceIds.map((surface) => (
            <th key={surface} scope="col" className="truncate px-2 text-left font-medium">
              {surfaceLabels[surface]}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => {
          const index = judged.indexOf(row);
          return (
            <tr key={row.rule} className="h-5.5 border-b border-line last:border-b-0" data-rule={row.rule}>
              <RuleName row={row} />
              {row.cells.length === 0 ? (
                <td colSpan={5} className="px-2 text-small text-faint">
                  not judged yet
                </td>
              ) : (
                row.cells.map((cell, column) => (
                  <MatrixCell
                    key={cell.surface ?? "release"}
                    row={row}
                    cell={cell}
                    held={props.held}
                    selected={chosen?.row === index && chosen.column === column}
                    tabbable={current.row === index && shownColumn(columns, current) === column}
                    buttonRef={(element) => {
                      const key = `${index} ${column}`;
                      if (element === null) buttons.current.delete(key);
                      else buttons.current.set(key, element);
                    }}
                    onFocus={() =>
                      setPlace((last) =>
                        last.row === index && shownColumn(columns, last) === column
                          ? last
                          : { row: index, column },
                      )
                    }
                    onOpen={() => props.onOpen(cell)}
                  />
                ))
              )}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
