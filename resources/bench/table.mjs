/**
 * The shape of `test/bench/row.ts`.
 * @typedef {{
 *   name: string; value: number; unit: string;
 *   ratio?: number; ratioTo?: string; target?: string; met?: boolean;
 * }} Row
 */

const number = new Intl.NumberFormat("en", { maximumFractionDigits: 2 });

/** @param {Row} row; @returns {readonly string[]} its cells */
function cells(row) {
  const ratio = row.ratio === undefined ? "" : `${number.format(row.ratio)} × ${row.ratioTo ?? ""}`.trim();
  const verdict = row.met === undefined ? "" : row.met ? "reached" : "MISSED";
  return [row.name, `${number.format(row.value)} ${row.unit}`, ratio, row.target ?? "", verdict];
}

/** @param {readonly Row[]} rows; @returns {string} a table for a terminal, figures to the right */
export function benchTable(rows) {
  const table = [["figure", "value", "ratio", "to reach", ""], ...rows.map(cells)];
  const widths = [0, 1, 2, 3, 4].map((column) =>
    Math.max(...table.map((line) => (line[column] ?? "").length)),
  );
  const lines = table.map((line) =>
    line
      .map((cell, column) =>
        column === 1 ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
      )
      .join("  ")
      .trimEnd(),
  );
  const [head = "", ...body] = lines;
  return [head, "─".repeat(widths.reduce((sum, width) => sum + width + 2, -2)), ...body].join("\n");
}
