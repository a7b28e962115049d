import type { SurfaceId } from "#contract/identity";
import type { RecordReference } from "#contract/reading";
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
