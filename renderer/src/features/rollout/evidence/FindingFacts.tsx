import type { SurfaceId } from "#contract/identity";
import type { RecordReference } from "#contract/reading";
import type { Finding } from "#contract/rollout/verdict";
import { useSurface } from "../../../state/console-store";
import { RecordEvidence } from "../../holds/HoldList";

/** The record of a finding or a verdict: a link where one of the surfaces' views shows its file, its text in any case. */
export function EvidenceRecord(props: {
  readonly surface: SurfaceId | null;
  readonly record: RecordReference | null;
}) {
  const view = useSurface(props.surface ?? "voice");
  if (props.record === null)
    return <p className="mt-1 text-small text-faint">No record: nothing was read that could decide it.</p>;
  return <RecordEvidence view={props.surface === null ? null : (view ?? null)} record={props.record} />;
}

/** What was expected, what was observed, and what would have to change. */
export function FindingFacts(props: { readonly finding: Finding }) {
  const { finding } = props;
  return (
    <dl className="grid h-fit grid-cols-[auto_1fr] gap-x-3">
      <dt className="text-muted">Expected</dt>
      <dd className="figure text-small leading-5 break-words">{finding.expected}</dd>
      <dt className="text-muted">Observed</dt>
      <dd className="figure text-small leading-5 break-words">{finding.observed}</dd>
      <dt className="text-muted">To pass</dt>
      <dd className="break-words">{finding.remedy}</dd>
    </dl>
  );
}
