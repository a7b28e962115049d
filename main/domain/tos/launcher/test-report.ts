import type { Json } from "../../json";
import { exceeds, isPythonNumber } from "../orchestration/python-values";
import { enabledJobLoop, jobLoopLine, jobResultLines } from "./job-lines";
import { type ProjectOutcome, ScriptError, valueOf } from "./outcome";
import { isPowershellTrue, isWord, powershellText, property } from "./powershell-value";

/**
 * Checks and warnings of `test` after the orchestrator (launcher.md §4), without the last word. Returns whether it
 * passed. Throws a `ScriptError` where the script breaks off, after the lines that were printed before.
 */
export function* testReport(
  outcome: ProjectOutcome,
  orchestratorExitCode: number,
): Generator<string, boolean> {
  const failures: string[] = [];
  const fail = (line: string): string => {
    failures.push(line);
    return line;
  };
  if (orchestratorExitCode !== 0) yield fail(`FAIL orchestrator exit code = ${orchestratorExitCode}`);
  if (outcome.phaseState === null) yield fail("FAIL phase_state.json not found");
  else yield* phaseChecks(outcome, valueOf(outcome.phaseState), fail);
  if (outcome.steps.length === 0) yield fail("FAIL no step files found");
  for (const { file, document } of outcome.steps) {
    const step = valueOf(document);
    if (isPowershellTrue(property(step, "stopped")))
      yield fail(`FAIL step ${file} stopped=true phase=${powershellText(property(step, "phase"))}`);
  }
  // The script reads the file again, and ends there when it is missing: no last word, no summary.
  if (outcome.phaseState === null)
    throw new ScriptError("workspace/artifacts/phase_state.json: expected a file, found none");
  yield* warnings(outcome, valueOf(outcome.phaseState));
  return failures.length === 0;
}

function* phaseChecks(
  outcome: ProjectOutcome,
  state: Json,
  fail: (line: string) => string,
): Generator<string, void> {
  const phase = property(state, "current_phase");
  const reason = powershellText(property(state, "last_done_reason"));
  for (const word of ["deny", "fatal_error"])
    if (isWord(phase, word)) yield fail(`FAIL phase is ${word}: ${reason}`);
  if (isWord(phase, "job_loop_complete")) {
    yield `job_loop_complete: ${reason}`;
    yield* jobResultLines(outcome, false);
  }
}

function* warnings({ phaseSummary }: ProjectOutcome, state: Json): Generator<string, void> {
  if (phaseSummary === null) return;
  const summary = valueOf(phaseSummary);
  if (isWord(property(state, "current_phase"), "S-5")) {
    yield "WARNING: S-5 experimental mode - results may be unstable";
    yield "experimental mode active";
  }
  const jobLoop = enabledJobLoop(summary);
  const completed = property(property(summary, "job_loop"), "completed") === true;
  if (jobLoop !== null) {
    yield jobLoopLine(jobLoop);
    if (!completed) yield "WARNING: job_loop enabled but not completed";
    yield* indexWarning(property(jobLoop, "current_job_index"), property(jobLoop, "max_jobs"));
    if (!isPowershellTrue(property(summary, "job_payload_present")))
      yield "WARNING: job_payload_present=false";
  }
  if (completed && !isPowershellTrue(property(summary, "job_result_written")))
    yield "WARNING: job_result_written=false";
}

/** Only where both are given and not 0, which is how a job loop without a limit goes without it. */
function* indexWarning(index: Json, maximum: Json): Generator<string, void> {
  if (!isPythonNumber(index) || !isPythonNumber(maximum)) return;
  if (isPowershellTrue(index) && isPowershellTrue(maximum) && exceeds(index, maximum))
    yield `WARNING: job_index (${powershellText(index)}) > max_jobs (${powershellText(maximum)})`;
}
