import { execa } from "execa";
import type { OutputLine } from "#contract/driver";
import type { Clock } from "#domain/clock";
import { graceMs, inOwnGroup, signalGroup } from "../system/process-group";
import { keptLines, RunOutput } from "./run-output";
import { drainEveryMs, StreamDrain } from "./stream-drain";

/** A program to run. `environment` is all it gets: nothing is inherited. */
export interface ProgramPlan {
  program: string;
  args: readonly string[];
  directory: string;
  environment: Readonly<Record<string, string>>;
  timeoutMs: number;
}

/** How a program ended. */
export type ProgramEnd =
  | { kind: "exited"; exitCode: number }
  | { kind: "signalled"; signal: string }
  | { kind: "timed-out" }
  | { kind: "cancelled" }
  | { kind: "not-started"; problem: string };

/** A program under way, in a process group of its own (on POSIX), so that its children end with it. */
export interface RunningProgram {
  readonly pid: number | undefined;
  readonly output: RunOutput;
  droppedBytes(): number;
  /** Asks the whole group to end, and kills it after `graceMs`. */
  cancel(): void;
  /** Resolves once the program has ended and its output is complete. Never rejects. */
  readonly ended: Promise<ProgramEnd>;
}

/** A child that outlives the program may hold the pipes open for ever; its output is not waited for longer than this. */
const pipeGraceMs = 500;

/** Starts a program. A program that cannot be started is an end like any other, not an exception. */
export function startProgram(
  plan: ProgramPlan,
  clock: Clock,
  onLines: (lines: readonly OutputLine[]) => void,
): RunningProgram {
  const output = new RunOutput();
  const child = execa(plan.program, plan.args, inOwnGroup(plan.directory, plan.environment));
  const drains = {
    stdout: new StreamDrain(child.stdout, keptLines),
    stderr: new StreamDrain(child.stderr, keptLines),
  };
  const { pid } = child;
  let ending: "timed-out" | "cancelled" | null = null;
  let killTimer: NodeJS.Timeout | undefined;
  let pipeTimer: NodeJS.Timeout | undefined;

  function hand(take: (drain: StreamDrain) => string[]): void {
    for (const stream of ["stdout", "stderr"] as const) {
      const lines = output.add(stream, take(drains[stream]), clock.nowUnixMs());
      if (lines.length > 0) onLines(lines);
    }
  }
  function finishGroup(why: "timed-out" | "cancelled"): void {
    if (ending !== null || pid === undefined) return;
    ending = why;
    signalGroup(pid, "SIGTERM");
    killTimer = setTimeout(() => signalGroup(pid, "SIGKILL"), graceMs);
  }

  const drainTimer = setInterval(() => hand((drain) => drain.take()), drainEveryMs);
  const timeoutTimer = setTimeout(() => finishGroup("timed-out"), plan.timeoutMs);
  child.on("exit", () => {
    clearTimeout(timeoutTimer);
    pipeTimer = setTimeout(() => {
      child.stdout.destroy();
      child.stderr.destroy();
    }, pipeGraceMs);
  });

  async function wait(): Promise<ProgramEnd> {
    const result = await child;
    clearInterval(drainTimer);
    clearTimeout(timeoutTimer);
    clearTimeout(pipeTimer);
    hand((drain) => drain.finish());
    if (ending !== null && pid !== undefined) {
      // The program is gone; children of its group that did not listen must not outlive it.
      clearTimeout(killTimer);
      signalGroup(pid, "SIGKILL");
      return { kind: ending };
    }
    if (pid === undefined)
      return { kind: "not-started", problem: (result as { originalMessage?: string }).originalMessage ?? "" };
    if (result.signal !== undefined) return { kind: "signalled", signal: result.signal };
    return { kind: "exited", exitCode: result.exitCode ?? 0 };
  }
  return {
    pid,
    output,
    droppedBytes: () => output.evictedBytes + drains.stdout.droppedBytes + drains.stderr.droppedBytes,
    cancel: () => finishGroup("cancelled"),
    ended: wait(),
  };
}
