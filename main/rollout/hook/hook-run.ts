import { setTimeout as wait } from "node:timers/promises";
import { execa } from "execa";
import { graceMs, signalGroup } from "../../system/process-group";
import { isProcessAlive } from "../../system/process-identity";
import type { HookPlan } from "./plan";
import { beginAttempt, isRunning, readAttempt, type Attempt } from "./receipt";

/** Time between two looks for a receipt, in milliseconds. */
const lookEveryMs = 50;

/** What became of an attempt. `lost`: nobody performs it and nobody will; it left no receipt. */
export type HookOutcome =
  | { readonly kind: "result"; readonly ok: boolean; readonly detail: string; readonly output: string }
  | { readonly kind: "lost" };

/** What runs a process of ours: Node, or Electron told to be Node, with the built command line. */
export interface HookRunner {
  readonly nodeExecutable: string;
  readonly cliEntry: string;
}

/** An attempt under way. */
export interface HookRun {
  /** Resolves with what became of it; null when it is not waited for any longer. */
  readonly ended: Promise<HookOutcome | null>;
  /** Ends the hook; its receipt will say so. */
  cancel(): void;
  /** Stops waiting. The hook goes on, and whoever opens the rollout next finds its receipt. */
  leave(): void;
}

/** Starts a process of its own that performs the attempt and outlives this one. */
export function startHook(plan: HookPlan, runner: HookRunner): HookRun {
  const child = execa(runner.nodeExecutable, [runner.cliEntry, "rollout-hook", JSON.stringify(plan)], {
    env: { ELECTRON_RUN_AS_NODE: "1" },
    stdio: "ignore",
    buffer: false,
    reject: false,
    cleanup: false,
    detached: true,
    windowsHide: true,
  });
  child.unref();
  const { pid } = child;
  let ending = "";
  const gone = child.then(({ exitCode, signal, originalMessage }) => {
    ending =
      signal ?? (exitCode === undefined ? (originalMessage ?? "not started") : `exit code ${exitCode}`);
  });
  const run = follow(plan.path, {
    isStarting: () => ending === "" && pid !== undefined && isProcessAlive(pid),
  });
  return {
    ...run,
    ended: run.ended.then(async (outcome) => {
      if (outcome?.kind !== "lost") return outcome;
      await gone;
      const detail = `The process that performs the hook left no receipt (${ending})`;
      return { kind: "result", ok: false, detail, output: "" };
    }),
  };
}

/**
 * Waits for an attempt that an earlier life of the console started. One that has not begun by now never will: its file
 * is taken, so that a process which is only just starting finds it and does nothing.
 */
export function adoptHook(plan: Pick<HookPlan, "path" | "effectId" | "attempt">): HookRun {
  return follow(plan.path, {
    isStarting: () => false,
    giveUp: () =>
      beginAttempt(plan.path, {
        schemaVersion: 1,
        effectId: plan.effectId,
        attempt: plan.attempt,
        runner: null,
        program: null,
        startedUnixMs: 0,
        result: null,
      }),
  });
}

interface Following {
  /** Whether a process that has not begun the attempt yet may still do so. */
  readonly isStarting: () => boolean;
  /** Takes the attempt's file; false when somebody was faster. */
  readonly giveUp?: () => Promise<boolean>;
}

function follow(path: string, following: Following): HookRun {
  const left = new AbortController();
  const cancelled = new AbortController();
  return {
    ended: waitForReceipt(path, following, left.signal, cancelled.signal),
    cancel: () => cancelled.abort(),
    leave: () => left.abort(),
  };
}

async function waitForReceipt(
  path: string,
  { isStarting, giveUp }: Following,
  left: AbortSignal,
  cancelled: AbortSignal,
): Promise<HookOutcome | null> {
  let told = false;
  while (!left.aborted) {
    const step = await look(path, isStarting);
    if (step.outcome) return step.outcome;
    if (step.alive) {
      // Before the attempt has begun its process would not hear the wish; it is told once it listens.
      if (cancelled.aborted && !told && step.attempt?.runner) {
        told = true;
        signalGroup(step.attempt.runner.pid, "SIGTERM");
      }
      await wait(lookEveryMs, undefined, { signal: left }).catch(() => undefined);
    } else if (step.attempt !== null || !giveUp || (await giveUp())) {
      await endLeftover(step.attempt);
      return { kind: "lost" };
    }
  }
  return null;
}

interface Look {
  readonly attempt: Attempt | null;
  readonly alive: boolean;
  readonly outcome: HookOutcome | null;
}

/** How an attempt stands. Liveness is asked before the file is read: a last word written before the end is not missed. */
async function look(path: string, isStarting: () => boolean): Promise<Look> {
  const starting = isStarting();
  const before = await readAttempt(path);
  const alive = before === null ? starting : isRunning(before.runner);
  const attempt = await readAttempt(path);
  if (attempt?.result) {
    const { ok, detail, output } = attempt.result;
    return { attempt, alive, outcome: { kind: "result", ok, detail, output } };
  }
  // It began between the two readings, so it lived then.
  return { attempt, alive: alive || (before === null && attempt !== null), outcome: null };
}

/** Ends a hook whose runner was killed: it must not act beside the attempt that follows. */
async function endLeftover(attempt: Attempt | null): Promise<void> {
  const program = attempt?.program ?? null;
  if (program === null || !isRunning(program)) return;
  signalGroup(program.pid, "SIGTERM");
  for (let waited = 0; waited < graceMs && isRunning(program); waited += lookEveryMs) await wait(lookEveryMs);
  if (isRunning(program)) signalGroup(program.pid, "SIGKILL");
}
