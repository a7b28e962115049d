import type { TosRunView } from "#contract/tos/progress";

/** How the last test came out; null when none is on record. */
export interface LastTest {
  readonly run: TosRunView;
  readonly passed: boolean;
  readonly text: string;
}

/** Ending of a rollback whose own test failed (spec/tos/launcher.md §7, step 6). */
const failedAfterRollback = /test after rollback failed/i;

/**
 * The newest test that was carried out: one that was asked for, or the automatic one of a rollback. A test that vanished or
 * was cancelled did not pass.
 */
export function lastTest(runs: readonly TosRunView[]): LastTest | null {
  for (const run of runs) {
    const passed = outcomeOf(run);
    if (passed !== null) return { run, passed, text: wordsFor(run, passed) };
  }
  return null;
}

/** Whether the rules refused a run before it had done anything: it says nothing about the project. */
export function wasRefused({ endReason }: TosRunView): boolean {
  return endReason.startsWith("governance: refused");
}

function outcomeOf(run: TosRunView): boolean | null {
  if (wasRefused(run)) return null;
  if (run.state === "running" || run.state === "cancelling") return null;
  if (run.operation === "test") return run.state === "ended" && run.exitCode === 0;
  if (run.operation !== "rollback" || run.state !== "ended") return null;
  if (run.exitCode === 0) return true;
  return failedAfterRollback.test(run.endReason) ? false : null;
}

function wordsFor(run: TosRunView, passed: boolean): string {
  const which = run.operation === "rollback" ? "the automatic test of the last rollback" : "the last test";
  if (passed) return `${which} (${run.runId}) passed`;
  const how = run.state === "vanished" ? "its process is gone" : run.endReason || `exit code ${run.exitCode}`;
  return `${which} (${run.runId}) did not pass: ${how}`;
}
