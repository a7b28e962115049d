import { reportJson } from "../plain-json";
import { statusLine } from "../status/text-form";
import type { OperatorSummaryDiff } from "./compare";
import type { OperatorSummary } from "./report";

/** The summary as lines, one per part and one per component (spec/tau/health.md §5, text form). */
export function operatorSummaryLines(summary: OperatorSummary): string[] {
  const { policy_posture, daemon, release_channel, components, ...overall } = summary;
  return [
    statusLine("operator control summary", reportJson(overall)),
    statusLine("operator control policy posture", reportJson(policy_posture)),
    statusLine("operator control daemon", reportJson(daemon)),
    statusLine("operator control release channel", reportJson(release_channel)),
    ...components.map((row) => statusLine("operator control component", reportJson(row))),
  ];
}

/** The comparison as lines, one for the whole and one per changed component. */
export function operatorSummaryDiffLines(diff: OperatorSummaryDiff): string[] {
  const { changed_components, ...overall } = diff;
  return [
    statusLine("operator control summary diff", reportJson(overall)),
    ...changed_components.map((row) =>
      statusLine("operator control summary diff component", reportJson(row)),
    ),
  ];
}
