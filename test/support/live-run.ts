/** Figures of one live run of the browser, healthy unless changed: a line of its log; with a timeline, its summary. */
export function liveRunText(change: object = {}, indent?: number): string {
  const run = {
    discovered_cases: 1,
    success_cases: 1,
    malformed_cases: 0,
    retryable_failures: 0,
    timeout_failures: 0,
    denied_unsafe_actions: 0,
    denied_action_limit: 0,
    artifact_records: 0,
    reason_codes: ["healthy_cycle"],
    health_state: "healthy",
    ...change,
  };
  return JSON.stringify(run, null, indent);
}
