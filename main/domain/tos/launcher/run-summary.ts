import { jsonObject, type Json, type JsonObject } from "../../json";
import { type ProjectDocument, type ProjectOutcome, valueOf } from "./outcome";
import { isPowershellTrue, powershellText, property } from "./powershell-value";

/** The summary of a launch in its two forms: the JSON file's value and the text file's line (launcher.md §5). */
export interface LaunchSummary {
  readonly json: JsonObject;
  readonly text: string;
}

/** Summary of `run`, `cleanrun` and `test`. Throws a `ScriptError` when a file it rests on cannot be read. */
export function runSummary(outcome: ProjectOutcome): LaunchSummary {
  const state = valueOrNull(outcome.phaseState);
  const summary = valueOrNull(outcome.phaseSummary);
  const { jobResult, jobInputBytes, steps } = outcome;
  const phase = property(state, "current_phase");
  const step = property(state, "current_step");
  const done = property(state, "last_done");
  const latestStep = steps.at(-1)?.file ?? null;
  const endReason = property(summary, "end_reason");
  const jobLoop = outcome.phaseSummary === null ? loopOfState(state) : property(summary, "job_loop");
  const json: Record<string, Json> = {
    phase,
    step,
    done,
    latest_step: latestStep,
    step_count: steps.length,
    phase_summary_exists: outcome.phaseSummary !== null,
    job_result_exists: jobResult.exists,
    job_result_written: jobResult.exists,
    ...(jobResult.exists && { job_result_path: jobResult.path }),
    job_payload_present: jobInputBytes !== null,
    job_payload_size: jobInputBytes ?? 0,
    end_reason: endReason,
    job_loop: jobLoop,
  };
  const currentIndex = property(jobLoop, "current_job_index");
  const jobIndex = isPowershellTrue(currentIndex) ? currentIndex : property(state, "job_index");
  const enabled = isPowershellTrue(property(jobLoop, "enabled"));
  const text = [
    `phase=${powershellText(phase)} step=${powershellText(step)} done=${powershellText(done)}`,
    `latest_step=${latestStep ?? ""} step_count=${steps.length}`,
    `phase_summary=${outcome.phaseSummary === null ? "none" : "exists"}`,
    `job_result=${jobResult.exists ? "exists" : "none"} job_loop=${enabled ? "enabled" : "disabled"}`,
    ...optional("job_name", property(jobLoop, "job_name")),
    ...optional("job_index", jobIndex),
    ...optional("max_jobs", property(jobLoop, "max_jobs")),
    `job_payload=${jobInputBytes === null ? "none" : "present"} job_result_written=${jobResult.exists}`,
    `job_payload_size=${jobInputBytes ?? 0}`,
    ...optional("end_reason", endReason),
    ...optional("job_result_path", jobResult.exists ? jobResult.path : null),
  ].join(" ");
  return { json: jsonObject(json), text };
}

/** Summary of a checkpoint or a rollback; `timestamp` is local, `yyyy-MM-ddTHH:mm:ss`. */
export function gitSummary(
  mode: "checkpoint" | "rollback",
  commit: string,
  timestamp: string,
  root: string,
): LaunchSummary {
  const key = mode === "checkpoint" ? "checkpoint_hash" : "rollback_target";
  return {
    json: jsonObject({ mode, [key]: commit, timestamp, root }),
    text: `mode=${mode} ${key}=${commit} timestamp=${timestamp} root=${root}`,
  };
}

function valueOrNull(document: ProjectDocument | null): Json {
  return document === null ? null : valueOf(document);
}

/** What stands in for the job loop of a phase summary that is not there. */
function loopOfState(state: Json): Json {
  return jsonObject({
    enabled: false,
    max_jobs: null,
    job_name: null,
    current_job_index: property(state, "job_index"),
    completed: false,
  });
}

function optional(name: string, value: Json): string[] {
  return isPowershellTrue(value) ? [`${name}=${powershellText(value)}`] : [];
}
