import { surfaceLabels } from "#contract/identity";
import type { Finding } from "#contract/rollout/verdict";
import { Reasons } from "../../holds/Reasons";
import { EvidenceRecord } from "../evidence/EvidenceRecord";

/** Why one rule did not pass: expected, observed, what would change it, and the record that decided it. */
export function FindingStory(props: { readonly finding: Finding }) {
  const { expected, observed, record, remedy, rule, status, surface, title } = props.finding;
  return (
    <div className="mt-2 border-l-2 border-degraded-mark pl-2.5">
      <h4 className="font-medium">
        {rule} {surface === null ? "" : `${surfaceLabels[surface]}, `}
        {status}: {title}
      </h4>
      <Reasons expected={expected} observed={observed} remedy={remedy} />
      <EvidenceRecord surface={surface} record={record} />
    </div>
  );
}
