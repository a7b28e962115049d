import type { BrowserLiveSummary } from "#contract/reading";
import { jsonObject, type Json } from "../json";
import { encodeTimeline } from "./summary";

/** Cases of the demo fixture; the validation step asks for exactly this many (spec/tau/live-run.md §4). */
const demoCases = 3;

/**
 * What keeps a live summary from being accepted, in the order it is checked; empty when it is (spec/tau/live-run.md §4:
 * it does not look at error codes, denials or reason codes).
 */
export function liveSummaryProblems(summary: BrowserLiveSummary): readonly string[] {
  const problems: string[] = [];
  if (summary.discovered_cases !== demoCases)
    problems.push(`discovered_cases: expected ${demoCases}, found ${summary.discovered_cases}`);
  if (summary.success_cases !== demoCases)
    problems.push(`success_cases: expected ${demoCases}, found ${summary.success_cases}`);
  if (summary.health_state !== "healthy")
    problems.push(`health_state: expected healthy, found ${summary.health_state}`);
  if (summary.timeline.length !== demoCases)
    problems.push(`timeline: expected ${demoCases} entries, found ${summary.timeline.length}`);
  return problems;
}

/** `browser-live-report.json`, keys in the file's order (spec/tau/live-run.md §4). */
export function encodeReport(summary: BrowserLiveSummary, summaryPath: string, transcriptPath: string): Json {
  return jsonObject({
    schema_version: 1,
    summary_path: summaryPath,
    transcript_path: transcriptPath,
    health_state: summary.health_state,
    reason_codes: summary.reason_codes,
    discovered_cases: summary.discovered_cases,
    success_cases: summary.success_cases,
    artifact_records: summary.artifact_records,
    timeline: encodeTimeline(summary.timeline),
  });
}
