/** A moment as the command line prints it: UTC, to the second, sortable. */
export function moment(unixMs: number): string {
  return `${new Date(unixMs).toISOString().slice(0, 19).replace("T", " ")} UTC`;
}

/** One line of a screen: what it is, then what it says. */
export function labelled(label: string, text: string): string[] {
  return [`${label.padEnd(15)} ${text.replaceAll(/\s*\n\s*/g, " ")}`];
}

/** Rows below their heads, each column as wide as its widest cell; nothing stands behind the last one. */
export function table(heads: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const widths = heads.map((head, column) =>
    Math.max(head.length, ...rows.map((row) => (row[column] ?? "").length)),
  );
  return [heads, ...rows].map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
}

/**
 * Text from files and other people's mouths as a terminal may be given it: what would move its cursor or colour it is
 * shown as an escape. Line ends stay.
 */
export function printable(text: string): string {
  return text.replaceAll(
    // oxlint-disable-next-line no-control-regex -- these are what it is about
    /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g,
    (character) => `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, "0")}`,
  );
}
