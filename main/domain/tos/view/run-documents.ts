import type { LastRunSummaryView, PhaseSummaryView } from "#contract/tos/view";
import { cutAfter } from "../orchestration/truncate";
import type { JsonFile, ProjectReading } from "../governance/project-reading";
import { wrongKind } from "./document-problem";
import { countOf, objectOf, truthOf, wordsOf } from "./foreign";

/** Longest text of one value that is shown. */
const maximumValue = 2_000;

/** `phase_summary.json` as a window shows it (spec/tos/orchestrator.md §13); null when there is none. Takes any content. */
export function phaseSummaryView(file: JsonFile): PhaseSummaryView | null {
  if (file.state === "missing") return null;
  const summary = objectOf(file.value);
  return {
    path: file.path,
    modifiedUnixMs: file.modifiedUnixMs,
    problem: file.problem || wrongKind(file),
    endReason: wordsOf(summary?.get("end_reason")),
    totalSteps: countOf(summary?.get("total_steps")),
    successCount: countOf(summary?.get("success_count")),
    deniedCount: countOf(summary?.get("denied_count")),
    fatalErrorCount: countOf(summary?.get("fatal_error_count")),
    stoppedCount: countOf(summary?.get("stopped_count")),
    skippedCount: countOf(summary?.get("skipped_count")),
    finalDone: truthOf(summary?.get("final_done")),
    stopOnDeny: truthOf(summary?.get("stop_on_deny")),
  };
}

/** `logs/last_run_summary.json` and `.txt` (spec/tos/launcher.md §5); null when there is neither. */
export function lastRunView({ json, text }: ProjectReading["lastRun"]): LastRunSummaryView | null {
  if (json.state === "missing" && text.state === "missing") return null;
  const shown = json.state === "missing" ? text : json;
  const fields = [...(objectOf(json.value) ?? [])].map(([key, value]) => ({
    key,
    value: cutAfter(wordsOf(value), maximumValue, "…"),
  }));
  const problems = [json.problem || wrongKind(json), text.problem].filter((problem) => problem !== "");
  return {
    path: shown.path,
    modifiedUnixMs: shown.modifiedUnixMs,
    problem: problems.join("; "),
    fields,
    text: cutAfter(text.text.trim(), 10_000, "…"),
  };
}
