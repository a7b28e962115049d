import { surfaceLabels } from "#contract/identity";
import type { Finding } from "#contract/rollout/verdict";
import { formatCount } from "../../../format/number";
import { prettyRecord } from "../../../format/record-text";

/** Why one rule did not pass: expected, observed, what would change it, and the record that decided it. */
export function FindingStory(props: { readonly finding: Finding }) {
  const { expected, observed, record, remedy, rule, status, surface, title } = props.finding;
  return (
    <div className="mt-2 border-l-2 border-degraded-mark pl-2.5">
      <h4 className="font-medium">
        {rule} {surface === null ? "" : `${surfaceLabels[surface]}, `}
        {status}: {title}
      </h4>
      <dl className="grid grid-cols-[auto_1fr] gap-x-3 text-small">
        <dt className="text-muted">Expected</dt>
        <dd className="break-words">{expected}</dd>
        <dt className="text-muted">Observed</dt>
        <dd className="break-words">{observed}</dd>
        <dt className="text-muted">To pass</dt>
        <dd className="break-words">{remedy}</dd>
        {record !== null && (
          <>
            <dt className="text-muted">Record</dt>
            <dd className="figure break-all">
              {record.path}
              {record.line !== null && `, line ${formatCount(record.line)}`}
              {record.byteOffset !== null && `, byte ${formatCount(record.byteOffset)}`}
            </dd>
          </>
        )}
      </dl>
      {record !== null && record.text !== "" && (
        <pre className="figure mt-1 max-h-40 overflow-auto border border-line bg-raised px-2 py-1 text-small break-all whitespace-pre-wrap">
          {prettyRecord(record.text)}
        </pre>
      )}
    </div>
  );
}
