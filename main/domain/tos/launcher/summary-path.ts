/** The path with its extension replaced by `.txt`, or with `.txt` added when it has none (launcher.md §5). */
export function textSummaryPath(path: string): string {
  const name = Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1;
  const dot = path.lastIndexOf(".");
  return `${dot >= name ? path.slice(0, dot) : path}.txt`;
}
