import type { JobLoopView } from "#contract/tos/view";
import { isTruthy } from "../orchestration/python-values";
import type { ProjectReading } from "../governance/project-reading";
import { wrongKind } from "./document-problem";
import { numberOf, objectOf, textOf, wordsOf } from "./foreign";

/**
 * How far the job loop is (spec/tos/orchestrator.md §10). The job's name is the one the next run would record: a truthy
 * `job_name` of the input replaces the configuration's.
 */
export function jobLoopView({ config, phaseState, jobInput, jobResult }: ProjectReading): JobLoopView {
  const { jobLoop } = config.check.config;
  const state = objectOf(phaseState.value);
  const jobIndex = numberOf(state?.get("job_index"));
  const given = jobLoop.enabled ? objectOf(jobInput?.value)?.get("job_name") : undefined;
  return {
    enabled: jobLoop.enabled,
    jobName: given !== undefined && isTruthy(given) ? wordsOf(given) : jobLoop.jobName,
    jobIndex,
    maxJobs: jobLoop.maxJobs,
    complete:
      jobLoop.enabled &&
      (textOf(state?.get("current_phase")) === "job_loop_complete" || (jobIndex ?? 1) > jobLoop.maxJobs),
    input: {
      path: jobInput?.path ?? "",
      present: jobInput !== null && jobInput.state !== "missing",
      bytes: jobInput?.bytes ?? 0,
      problem: jobInput === null ? "" : jobInput.problem || wrongKind(jobInput),
    },
    result: {
      path: jobResult.path,
      present: jobResult.state !== "missing",
      modifiedUnixMs: jobResult.state === "missing" ? null : jobResult.modifiedUnixMs,
    },
  };
}
