import type { BrowserLiveSummary } from "#contract/reading";

/** What the harness prints after a run, line by line (spec/tau/live-run.md §4). */
export function transcriptLines(summary: BrowserLiveSummary, summaryPath: string): readonly string[] {
  const figures = [
    `discovered=${summary.discovered_cases}`,
    `success=${summary.success_cases}`,
    `malformed=${summary.malformed_cases}`,
    `retryable_failures=${summary.retryable_failures}`,
    `timeout_failures=${summary.timeout_failures}`,
    `denied_unsafe_actions=${summary.denied_unsafe_actions}`,
    `denied_action_limit=${summary.denied_action_limit}`,
    `artifact_records=${summary.artifact_records}`,
    `health_state=${summary.health_state}`,
  ];
  return [
    `browser automation live harness summary: ${figures.join(" ")}`,
    ...summary.timeline.map((entry, index) => timelineLine(entry, index)),
    `summary_json=${summaryPath}`,
  ];
}

function timelineLine(entry: BrowserLiveSummary["timeline"][number], index: number): string {
  const fields = [
    `case_id=${entry.case_id}`,
    `operation=${entry.operation}`,
    `action=${entry.action}`,
    `replay_step=${entry.replay_step}`,
    `status_code=${entry.status_code}`,
    `error_code=${entry.error_code || "none"}`,
    `artifact_types=${entry.artifact_types.join(",") || "none"}`,
  ];
  return `timeline[${index}] ${fields.join(" ")}`;
}
