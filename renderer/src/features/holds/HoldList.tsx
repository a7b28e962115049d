import type { Hold, RecordReference } from "#contract/reading";
import type { SurfaceView } from "#contract/view";
import { formatCount } from "../../format/number";
import { prettyRecord } from "../../format/record-text";
import { Reasons } from "./Reasons";
import { RecordLink } from "../../ui/RecordLink";

/**
 * The record that decided: file, line, byte offset, and its text as it stands in the file. It is a link where a view of
 * the surface shows the file; a file of the release as a whole (`view` null) has no such view.
 */
export function RecordEvidence(props: {
  readonly view: SurfaceView | null;
  readonly record: RecordReference;
}) {
  const { record, view } = props;
  return (
    <div className="mt-1 border border-line bg-raised">
      <div className="flex items-center gap-3 border-b border-line px-2 py-0.5 text-small text-muted">
        {view !== null && (
          <span className="flex max-w-3/5 shrink-0">
            <RecordLink view={view} record={record} />
          </span>
        )}
        <span className="figure truncate">{record.path}</span>
        {view === null && record.line !== null && (
          <span className="figure whitespace-nowrap">line {formatCount(record.line)}</span>
        )}
        {record.byteOffset !== null && (
          <span className="figure whitespace-nowrap">byte {formatCount(record.byteOffset)}</span>
        )}
      </div>
      <pre
        tabIndex={0}
        aria-label={`Text of ${record.path}`}
        className="figure scroll-region max-h-28 px-2 py-1 text-small break-all whitespace-pre-wrap text-muted"
      >
        {record.text === "" ? "(empty)" : prettyRecord(record.text)}
      </pre>
    </div>
  );
}

function HoldEntry(props: { readonly view: SurfaceView; readonly hold: Hold }) {
  const { hold, view } = props;
  return (
    <li className="border-b border-line px-3 py-2 last:border-b-0">
      <p className="flex items-baseline justify-between gap-3">
        <span className="font-semibold">{hold.title}</span>
        <span className="figure shrink-0 text-small text-faint" title="Rule">
          {hold.rule}
        </span>
      </p>
      <Reasons expected={hold.expected} observed={hold.observed} remedy={hold.remedy} />
      {hold.record === null ? (
        <p className="mt-1 text-small text-faint">No record: nothing was read that could decide it.</p>
      ) : (
        <RecordEvidence view={view} record={hold.record} />
      )}
    </li>
  );
}

/** Every reason a surface holds, each down to its record and what would have to change. */
export function HoldList(props: { readonly view: SurfaceView }) {
  const { holds } = props.view.reading;
  if (holds.length === 0)
    return <p className="px-3 py-2 text-muted">Nothing holds this surface: a promotion may continue.</p>;
  return (
    <ul aria-label="Holds">
      {holds.map((hold) => (
        <HoldEntry key={`${hold.rule} ${hold.title} ${hold.observed}`} view={props.view} hold={hold} />
      ))}
    </ul>
  );
}
