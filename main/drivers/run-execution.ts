import type { OutputLine } from "#contract/driver";
import type { SurfaceSettings } from "#contract/settings";
import type { Clock } from "#domain/clock";
import type { LeftoverRun } from "./leftover-run";
import { prepareRun, type RunSurroundings } from "./prepared-run";
import { startProgram } from "./process";
import { describeEnd, type RunEnding } from "./run-end";
import type { RunRecord } from "./run-record";

/** What carrying out one run takes. */
export interface RunExecution {
  record: RunRecord;
  surroundings: RunSurroundings;
  settings: SurfaceSettings;
  /** Picked by an operator; undefined takes the playlist's next. */
  fixture: string | undefined;
  leftover: LeftoverRun;
  clock: Clock;
  onLines: (lines: readonly OutputLine[]) => void;
  /** Called once the program runs. */
  onStarted: () => void;
}

/** Carries out one run from preparation to end. Never rejects: whatever goes wrong is the run's ending. */
export async function executeRun(execution: RunExecution): Promise<RunEnding> {
  try {
    return await runProgram(execution);
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    return describeEnd({ kind: "not-started", problem }, { lastWords: "", timeoutMs: 0, cancelReason: null });
  }
}

async function runProgram(execution: RunExecution): Promise<RunEnding> {
  const { record, surroundings, settings, fixture, leftover, clock } = execution;
  await leftover.endLeftover();
  const { plan, ...shown } = await prepareRun(surroundings, settings, fixture);
  record.prepared(shown.commandLine, shown.fixture);
  const context = () => ({ timeoutMs: plan.timeoutMs, cancelReason: record.cancelReason });
  if (record.cancelReason !== null)
    return describeEnd({ kind: "cancelled" }, { lastWords: "", ...context() });
  const program = startProgram(plan, clock, execution.onLines);
  record.program = program;
  if (program.pid !== undefined) {
    leftover.remember(program.pid);
    execution.onStarted();
  }
  const end = await program.ended;
  leftover.forget();
  const lastWords = program.output.lastText("stderr") || program.output.lastText("stdout");
  return describeEnd(end, { lastWords, ...context() });
}
