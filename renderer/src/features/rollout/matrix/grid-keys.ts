/** A place in the grid. A row about the whole release has one column; the column is kept for the rows beyond it. */
export interface GridPlace {
  readonly row: number;
  readonly column: number;
}

/**
 * Where a key leads in a grid whose rows have `columns[row]` cells, as the grid pattern of the ARIA Authoring Practices
 * has it; null for a key that is not the grid's. Nothing wraps. `whole` is for Control or Command: first and last row too.
 */
export function placeAfterKey(
  columns: readonly number[],
  from: GridPlace,
  key: string,
  whole: boolean,
): GridPlace | null {
  const lastRow = columns.length - 1;
  const lastColumn = Math.max(0, Math.max(...columns) - 1);
  const shown = shownColumn(columns, from);
  switch (key) {
    case "ArrowUp":
      return { row: Math.max(0, from.row - 1), column: from.column };
    case "ArrowDown":
      return { row: Math.min(lastRow, from.row + 1), column: from.column };
    case "ArrowLeft":
      return { row: from.row, column: Math.max(0, shown - 1) };
    case "ArrowRight":
      return { row: from.row, column: Math.min((columns[from.row] ?? 1) - 1, shown + 1) };
    case "Home":
      return { row: whole ? 0 : from.row, column: 0 };
    case "End":
      return { row: whole ? lastRow : from.row, column: lastColumn };
    default:
      return null;
  }
}

/** The cell of a row that a place stands for: the only one of a row about the whole release. */
export function shownColumn(columns: readonly number[], place: GridPlace): number {
  return Math.min(place.column, Math.max(0, (columns[place.row] ?? 1) - 1));
}
