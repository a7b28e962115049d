/** Text of a runbook, in which what stands between backticks is a name: set as one, and the backticks go. */
export function Prose(props: { readonly text: string }) {
  return props.text.split("`").map((part, index) =>
    index % 2 === 1 ? (
      // The parts of a text do not change places.
      // eslint-disable-next-line react/no-array-index-key
      <code key={index} className="figure text-small">
        {part}
      </code>
    ) : (
      part
    ),
  );
}
