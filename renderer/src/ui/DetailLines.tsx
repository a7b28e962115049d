/** What the host says in detail, line by line. However much that is, it scrolls within a few lines. */
export function DetailLines(props: { readonly lines: readonly string[] }) {
  if (props.lines.length === 0) return null;
  return (
    <ul
      tabIndex={0}
      aria-label="Details"
      className="figure scroll-region max-h-32 text-small break-words text-muted"
    >
      {props.lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}
