import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { JsonObject } from "#domain/json";
import { consoleLines } from "#domain/tos/orchestration/console-lines";
import { jobResult, type ExecutionCounts } from "#domain/tos/orchestration/result-documents";
import { phaseSummary, type LoggedStep } from "#domain/tos/orchestration/phase-summary";
import { parsePythonJson } from "#domain/tos/orchestration/python-json";
import { stepLogName } from "#domain/tos/orchestration/step-log-keys";
import { readText, writeDocument } from "./project-files";
import { timestampOf, type RunContext } from "./run-context";

/** Writes the log of a step, then says so. */
export async function writeStepLog(run: RunContext, step: number, log: JsonObject): Promise<void> {
  const path = join(run.paths.steps, stepLogName(step));
  await writeDocument(path, log, run.console);
  run.console.print(consoleLines.stepLogWritten(path));
}

/** Writes `phase_state.json`, then says so. */
export async function writeState(run: RunContext, state: JsonObject): Promise<void> {
  await writeDocument(run.paths.phaseState, state, run.console);
  run.console.print(consoleLines.stateWritten(run.paths.phaseState));
}

/** Writes the job result of a completed loop, then says so. */
export async function writeJobResult(run: RunContext): Promise<void> {
  const document = jobResult(run.job, run.startStep, timestampOf(run.options.clock));
  await writeDocument(run.paths.jobResult, document, run.console);
  run.console.print(consoleLines.jobResultWritten(run.paths.jobResult));
}

/** How a run came to its end. */
export interface Ending {
  readonly endReason: string;
  /** This run's totals. */
  readonly counts: ExecutionCounts;
  /** Steps that were passed over because their logs were there. */
  readonly skipped: readonly number[];
  /** Absolute; null unless this run wrote it. */
  readonly jobResultPath: string | null;
}

/** Rebuilds `phase_summary.json` from every readable step log (spec/tos/orchestrator.md §13), then says so. */
export async function writeSummary(run: RunContext, ending: Ending): Promise<void> {
  const logs = await readStepLogs(run);
  const { config, facts, job, options, paths, console } = run;
  const document = phaseSummary(
    {
      timestamp: timestampOf(options.clock),
      experimental: facts.experimental,
      job,
      stopOnDeny: config.stopOnDeny,
      ...ending,
    },
    logs,
  );
  await writeDocument(paths.phaseSummary, document, console);
  console.print(consoleLines.summaryWritten(paths.phaseSummary));
}

async function readStepLogs({ paths, console }: RunContext): Promise<LoggedStep[]> {
  const names = (await readdir(paths.steps)).filter((name) => /^step_.*\.json$/s.test(name)).toSorted();
  const logs: LoggedStep[] = [];
  for (const name of names) {
    const path = join(paths.steps, name);
    try {
      const text = await readText(path);
      if (text !== null) logs.push({ file: path, value: parsePythonJson(text) });
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      console.print(consoleLines.stepLogUnreadable(path, error.message));
    }
  }
  return logs;
}
