import type { ProgressEntry, ProgressEvent, TosRunView } from "#contract/tos/progress";
import type { StepStage, TosOperation } from "#contract/tos/vocabulary";
import { doingAfter, type ModelCalled } from "./doing";

/** Whether the process that a run noted still runs; without a start time, by its number alone. */
export type IsAlive = (pid: number, startTime: string | null) => boolean;

type Started = Extract<ProgressEvent, { kind: "started" }>;

/** The line of the launcher after which a rollback has become a test, and may be cancelled like one (launcher.md §7). */
export const automaticTestLine = "auto test after rollback";

const cancellableOperations: ReadonlySet<TosOperation> = new Set(["run", "test", "cleanrun"]);

/**
 * A run as its progress tells it. `path` is that of the progress file, as it is shown. A progress without `started` is
 * that of a process which was killed before it had said what it does.
 */
export function foldRun(
  runId: string,
  path: string,
  entries: readonly ProgressEntry[],
  isAlive: IsAlive,
): TosRunView {
  const told = tell(entries);
  const { started, ended, cancelling } = told;
  const alive = ended === null && started !== null && isAlive(started.pid, started.startTime);
  const state = ended !== null ? "ended" : !alive ? "vanished" : cancelling ? "cancelling" : "running";
  return {
    runId,
    operation: started?.operation ?? "run",
    clean: started?.clean ?? false,
    subject: started?.subject ?? "",
    startedUnixMs: told.startedUnixMs,
    operator: started?.operator ?? "",
    from: started?.from ?? "command line",
    reason: started?.reason ?? "",
    acknowledgements: started?.acknowledgements ?? [],
    state,
    endedUnixMs: told.endedUnixMs,
    exitCode: ended?.exitCode ?? null,
    endReason: ended?.endReason ?? (alive ? "" : "its process is gone and never said that it ended"),
    step: alive ? told.step : null,
    maximumSteps: alive ? told.maximumSteps : null,
    stage: alive ? told.stage : null,
    doing: alive ? told.doing : "",
    cancellable: state === "running" && isCancellable(started, told.automaticTest),
    path,
    entries: entries.length,
  };
}

interface Told {
  started: Started | null;
  startedUnixMs: number;
  ended: Extract<ProgressEvent, { kind: "ended" }> | null;
  endedUnixMs: number | null;
  cancelling: boolean;
  automaticTest: boolean;
  step: number | null;
  maximumSteps: number | null;
  stage: StepStage | null;
  lastCalled: ModelCalled | null;
  doing: string;
}

function tell(entries: readonly ProgressEntry[]): Told {
  const told: Told = {
    started: null,
    startedUnixMs: entries[0]?.unixMs ?? 0,
    ended: null,
    endedUnixMs: null,
    cancelling: false,
    automaticTest: false,
    step: null,
    maximumSteps: null,
    stage: null,
    lastCalled: null,
    doing: "",
  };
  for (const entry of entries) take(told, entry);
  return told;
}

function take(told: Told, { event, unixMs }: ProgressEntry): void {
  told.doing = doingAfter(event, told.lastCalled) ?? told.doing;
  switch (event.kind) {
    case "started":
      told.started = event;
      told.startedUnixMs = unixMs;
      break;
    case "ended":
      told.ended = event;
      told.endedUnixMs = unixMs;
      break;
    case "step-started":
      told.step = event.step;
      told.maximumSteps = event.maximumSteps;
      told.stage = null;
      break;
    case "stage-started":
      told.stage = event.stage;
      break;
    case "model-called":
      told.lastCalled = event;
      break;
    case "cancelling":
      told.cancelling = true;
      break;
    case "line":
      told.automaticTest ||= event.text === automaticTestLine;
      break;
    default:
      break;
  }
}

function isCancellable(started: Started | null, automaticTest: boolean): boolean {
  if (started === null) return false;
  return cancellableOperations.has(started.operation) || (started.operation === "rollback" && automaticTest);
}
