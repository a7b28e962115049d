import { join, resolve } from "node:path";
import { consoleLines } from "#domain/tos/orchestration/console-lines";
import { endReasons } from "#domain/tos/orchestration/end-reason";
import { isLoopComplete } from "#domain/tos/orchestration/job";
import { jobLoopCompleteState, maxStepsState } from "#domain/tos/orchestration/phase-state";
import type { HistoryEntry } from "#domain/tos/orchestration/prompts";
import { addCounts, noExecutions } from "#domain/tos/orchestration/result-documents";
import { jobLoopCompleteStepLog, maxStepsStepLog } from "#domain/tos/orchestration/step-log";
import { skipReason, stepLogName } from "#domain/tos/orchestration/step-log-keys";
import { describeFileError } from "../../watch/file-problem";
import { consoleOf, type Console } from "./console";
import type { OrchestratorOptions } from "./options";
import { exists } from "./project-files";
import { writeJobResult, writeState, writeStepLog, writeSummary } from "./records";
import { momentOf, stateFacts, type RunContext } from "./run-context";
import { cancelledEnd, runStep, type RunEnd } from "./run-step";
import { startRun } from "./start-run";

/**
 * Runs the orchestrator of a project once (seed 004; spec/tos/orchestrator.md): at most one job, up to `max_steps` steps.
 * Everything it does is reported in order, each thing after it is on disk. Resolves with 0 for a run that came to its
 * end, also to a denial or a fatal error, and with 1 for one that could not start, died where the reference dies of an
 * uncaught error (one line on stderr says of what), or was cancelled. Never rejects.
 */
export async function runOrchestrator(options: OrchestratorOptions): Promise<number> {
  const console = consoleOf(options.report);
  try {
    const run = await startRun({ ...options, root: resolve(options.root) }, console);
    if (run === null) return refuse(options, console);
    const exitCode = isLoopComplete(run.job) ? await completeLoop(run) : await runSteps(run);
    console.mustBeHeard();
    return exitCode;
  } catch (error) {
    console.complain(describe(error));
    return 1;
  }
}

/** A fault names its file itself; the system's errors know theirs, but not every description of them says it. */
function describe(error: unknown): string {
  const { path } = error as { readonly path?: unknown };
  return typeof path === "string" ? `${path}: ${describeFileError(error)}` : describeFileError(error);
}

/** A run that ended before its first step; what it was refused for has been said, unless it was cancelled. */
function refuse({ cancel }: OrchestratorOptions, console: Console): number {
  if (cancel.aborted) console.complain(cancelledEnd(cancel).reason);
  return 1;
}

/** No job is left: says so in every file, and asks no model (spec/tos/orchestrator.md §10). */
async function completeLoop(run: RunContext): Promise<number> {
  const { job, console, startStep, paths } = run;
  if (!isLoopComplete(job)) return 1;
  console.print(consoleLines.jobLoopComplete(job.index, job.loop.maxJobs));
  await writeState(run, jobLoopCompleteState(stateFacts(run, false), startStep, job.loop.maxJobs));
  await writeJobResult(run);
  const log = jobLoopCompleteStepLog(run.facts, momentOf(run, startStep), paths.jobResult);
  await writeStepLog(run, startStep, log);
  await writeSummary(run, {
    endReason: endReasons.jobLoopComplete(job.loop.maxJobs),
    counts: noExecutions,
    skipped: [],
    jobResultPath: paths.jobResult,
  });
  console.print(consoleLines.jobLoopEnded());
  return 0;
}

async function runSteps(run: RunContext): Promise<number> {
  const { config, console, options, startStep } = run;
  const history: HistoryEntry[] = [];
  const skipped: number[] = [];
  let counts = noExecutions;
  let end: RunEnd | null = null;
  for (let step = startStep; step <= config.maxSteps && end === null; step++) {
    console.mustBeHeard();
    if (options.cancel.aborted) {
      end = cancelledEnd(options.cancel);
      break;
    }
    console.report({ kind: "step-started", step, maximumSteps: config.maxSteps });
    console.print("", consoleLines.step(step, config.maxSteps));
    if (await exists(join(run.paths.steps, stepLogName(step)))) {
      skipped.push(step);
      console.print(skipReason(step));
      continue;
    }
    const outcome = await runStep(run, step, history);
    counts = addCounts(counts, outcome.counts);
    if (outcome.history !== null) history.push(outcome.history);
    ({ end } = outcome);
  }
  const { reason, exitCode } = end ?? (await reachMaximum(run));
  await writeSummary(run, { endReason: reason, counts, skipped, jobResultPath: null });
  console.print("", consoleLines.ended(reason));
  return exitCode;
}

/** Steps ran out before the goal was found reached. */
async function reachMaximum(run: RunContext): Promise<RunEnd> {
  const { maxSteps } = run.config;
  run.console.print(consoleLines.maxStepsReached(maxSteps));
  const { step, timestamp } = momentOf(run, maxSteps + 1);
  await writeStepLog(run, step, maxStepsStepLog(run.facts, maxSteps, timestamp));
  await writeState(run, maxStepsState(stateFacts(run, false), maxSteps));
  return { reason: endReasons.maxSteps(maxSteps), exitCode: 0 };
}
