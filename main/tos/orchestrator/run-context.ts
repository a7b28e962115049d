import type { Clock } from "#domain/clock";
import type { Json, JsonObject } from "#domain/json";
import type { OrchestratorConfig } from "#domain/tos/orchestration/config";
import { indexAfter, type Job } from "#domain/tos/orchestration/job";
import type { StateFacts } from "#domain/tos/orchestration/phase-state";
import type { StepMoment, RunFacts } from "#domain/tos/orchestration/step-log";
import { formatTimestamp } from "#domain/tos/orchestration/timestamps";
import type { CancelRequest } from "#domain/tos/runs/cancel-request";
import type { Models } from "../models/models";
import type { Console } from "./console";
import type { OrchestratorOptions } from "./options";
import type { ProjectPaths } from "./project-files";

/** What a run has found at its start and goes on with. */
export interface RunContext {
  readonly options: OrchestratorOptions;
  readonly config: OrchestratorConfig;
  readonly paths: ProjectPaths;
  readonly console: Console;
  readonly models: Models;
  readonly facts: RunFacts;
  readonly job: Job;
  /** Of the run before; null when there is none. */
  readonly stateBefore: JsonObject | null;
  /** The job input; null for none. */
  readonly payload: Json;
  readonly startStep: number;
}

/** Now, as the reference stamps its files: in local time. */
export function timestampOf(clock: Clock): string {
  const unixMs = clock.nowUnixMs();
  const date = new Date(unixMs);
  return formatTimestamp({
    year: date.getFullYear(),
    month: date.getMonth() + 1,
    day: date.getDate(),
    hour: date.getHours(),
    minute: date.getMinutes(),
    second: date.getSeconds(),
    microsecond: date.getMilliseconds() * 1_000 + Math.floor((unixMs - Math.floor(unixMs)) * 1_000),
  });
}

export function momentOf({ options }: RunContext, step: number): StepMoment {
  return { step, timestamp: timestampOf(options.clock) };
}

/** Facts of a state that is saved now; `done`: the job has reached its goal. */
export function stateFacts({ options, job, stateBefore }: RunContext, done: boolean): StateFacts {
  return {
    before: stateBefore,
    jobIndex: indexAfter(job, done),
    timestamp: timestampOf(options.clock),
  };
}

/** Who asked the run to end, once its signal is aborted. */
export function cancelRequestOf(cancel: AbortSignal): CancelRequest {
  return cancel.reason as CancelRequest;
}
