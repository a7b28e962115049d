import type { Json } from "../../json";
import type { ProjectOutcome } from "./outcome";
import { isPowershellTrue, powershellText, property } from "./powershell-value";

/** The job loop of a phase summary, when it is switched on; null otherwise. */
export function enabledJobLoop(phaseSummary: Json): Json {
  const jobLoop = property(phaseSummary, "job_loop");
  return isPowershellTrue(property(jobLoop, "enabled")) ? jobLoop : null;
}

/** The line that says how far the job loop is (launcher.md §3, line 3). */
export function jobLoopLine(jobLoop: Json): string {
  const text = (name: string): string => powershellText(property(jobLoop, name));
  return [
    `job_loop enabled=${text("enabled")} job_name=${text("job_name")} job_index=${text("current_job_index")}`,
    `max_jobs=${text("max_jobs")} completed=${text("completed")}`,
  ].join(" ");
}

/** What is said of a job's result once the loop is complete. */
export function jobResultLines({ jobResult }: ProjectOutcome, withPath: boolean): string[] {
  if (!jobResult.exists) return ["WARNING: job_result.json not found"];
  const path = withPath ? [`job_result_path_posix ${jobResult.path.replaceAll("\\", "/")}`] : [];
  return ["job_result.json exists", ...path];
}
