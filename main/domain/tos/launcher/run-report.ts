import { enabledJobLoop, jobLoopLine, jobResultLines } from "./job-lines";
import { type ProjectOutcome, valueOf } from "./outcome";
import { isPowershellTrue, isWord, powershellText, property } from "./powershell-value";

/**
 * Lines of `run` and `cleanrun` after the orchestrator has ended with 0 (launcher.md §3, lines 1 to 6). Returns whether
 * the launcher ends with 1. Throws a `ScriptError` after the lines that were printed before it.
 */
export function* runReport(outcome: ProjectOutcome): Generator<string, boolean> {
  const failed = yield* phaseLines(outcome);
  const latest = outcome.steps.at(-1);
  if (latest === undefined) yield "latest_step none";
  else {
    const step = valueOf(latest.document);
    if (isPowershellTrue(property(step, "stopped")))
      yield `stopped phase=${powershellText(property(step, "phase"))} step=${powershellText(property(step, "step_num"))}`;
    yield `latest_step ${latest.file} total=${outcome.steps.length}`;
  }
  yield* summaryLines(outcome);
  return failed;
}

function* phaseLines(outcome: ProjectOutcome): Generator<string, boolean> {
  if (outcome.phaseState === null) {
    yield "phase_state none";
    return false;
  }
  const state = valueOf(outcome.phaseState);
  const phase = property(state, "current_phase");
  const reason = powershellText(property(state, "last_done_reason"));
  const shownPhase = isWord(phase, "S-5") ? "S-5 experimental" : powershellText(phase);
  const step = powershellText(property(state, "current_step"));
  yield `phase_state phase=${shownPhase} step=${step} done=${powershellText(property(state, "last_done"))}`;
  const failure = ["fatal_error", "deny"].find((word) => isWord(phase, word));
  if (failure !== undefined) yield `${failure} ${reason}`;
  if (isWord(phase, "job_loop_complete")) {
    yield `job_loop_complete ${reason}`;
    const jobIndex = property(state, "job_index");
    if (isPowershellTrue(jobIndex)) yield `job_index ${powershellText(jobIndex)}`;
    yield* jobResultLines(outcome, true);
  }
  const jobLoop = outcome.phaseSummary === null ? null : enabledJobLoop(valueOf(outcome.phaseSummary));
  if (jobLoop !== null) yield jobLoopLine(jobLoop);
  return failure !== undefined;
}

function* summaryLines({ phaseSummary }: ProjectOutcome): Generator<string, void> {
  if (phaseSummary === null) {
    yield "phase_summary none";
    return;
  }
  const summary = valueOf(phaseSummary);
  yield `phase_summary exists stop_on_deny=${powershellText(property(summary, "stop_on_deny"))}`;
  const endReason = property(summary, "end_reason");
  if (isPowershellTrue(endReason)) yield `end_reason ${powershellText(endReason)}`;
}
