import type { ModelRole } from "#contract/tos/vocabulary";
import type { Job } from "./job";
import { doneReasons } from "./fixed-texts";
import { pythonRepr } from "./python-repr";
import type { PythonNumber } from "./python-values";

/** How a run ended, for the summary and the last line (spec/tos/orchestrator.md §14). */
export const endReasons = {
  done: ({ index, loop }: Job) =>
    index === null ? "done" : `done (job ${pythonRepr(index)}/${pythonRepr(loop.maxJobs)} completed)`,
  deny: (reasons: string) => `deny: ${reasons}`,
  fatalError: (role: ModelRole) => `fatal_error: ${roleError(role)}`,
  maxSteps: (maxSteps: number) => `max_steps_reached: ${maxSteps}`,
  jobLoopComplete: (maxJobs: PythonNumber) => doneReasons.jobLoopComplete(pythonRepr(maxJobs)),
  /** Ours: the reference cannot be cancelled. */
  cancelled: (reason: string) => `cancelled: ${reason}`,
} as const;

/** `error` of the step in which a role gave nothing usable. */
export function roleError(role: ModelRole): string {
  return `${role}生成失敗`;
}
