import type { GovernanceFinding } from "#contract/tos/governance";
import { Prose } from "../../../ui/Prose";
import { RecordEvidence } from "../../holds/HoldList";
import { ClassMark, FindingMark } from "./FindingMark";
import { RunbookButton } from "./RunbookButton";

/** Details beyond these are unfolded. */
const shownDetails = 3;

function Details(props: { readonly finding: GovernanceFinding }) {
  const { details, record } = props.finding;
  const first = details.slice(0, shownDetails);
  const others = details.slice(shownDetails);
  const line = (detail: string) => (
    <li key={detail} className="break-words">
      <Prose text={detail} />
    </li>
  );
  return (
    <>
      {first.length > 0 && <ul className="text-muted">{first.map(line)}</ul>}
      {(others.length > 0 || record !== null) && (
        <details className="text-muted">
          <summary className="text-small text-accent hover:underline">
            {[others.length > 0 ? `${others.length} more` : "", record === null ? "" : "the record"]
              .filter(Boolean)
              .join(" and ")}
          </summary>
          {others.length > 0 && <ul>{others.map(line)}</ul>}
          {record !== null && <RecordEvidence view={null} record={record} />}
        </details>
      )}
    </>
  );
}

/** One rule: how things stand with it, what was found, and where it comes from. */
export function FindingRow(props: { readonly finding: GovernanceFinding }) {
  const { finding } = props;
  return (
    <tr className="border-t border-line align-top" data-rule={finding.rule} data-rule-status={finding.status}>
      <th scope="row" className="figure px-3 py-1.5 text-left font-semibold">
        {finding.rule}
      </th>
      <td className="px-3 py-1.5">
        <FindingMark status={finding.status} ruleClass={finding.class} />
      </td>
      <td className="px-3 py-1.5">
        <ClassMark ruleClass={finding.class} />
      </td>
      <td className="px-3 py-1.5">
        <p className="font-medium">
          <Prose text={finding.title} />
        </p>
        <Details finding={finding} />
        {finding.rule === "G03" && finding.status !== "kept" && <RunbookButton />}
      </td>
      <td className="px-3 py-1.5 text-small break-words text-faint">{finding.source}</td>
    </tr>
  );
}
