/** What a rule expected, what was observed, and, where it did not pass, what would have to change. */
export function Reasons(props: {
  readonly expected: string;
  readonly observed: string;
  readonly remedy?: string;
}) {
  return (
    <dl className="grid h-fit grid-cols-[auto_minmax(0,1fr)] gap-x-3">
      <dt className="text-muted">Expected</dt>
      <dd className="figure text-small leading-5 break-words">{props.expected}</dd>
      <dt className="text-muted">Observed</dt>
      <dd className="figure text-small leading-5 break-words">{props.observed}</dd>
      {props.remedy !== undefined && (
        <>
          <dt className="text-muted">To pass</dt>
          <dd className="break-words">{props.remedy}</dd>
        </>
      )}
    </dl>
  );
}
