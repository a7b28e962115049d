import { constants } from "node:os";
import { execa } from "execa";
import { graceMs, inOwnGroup, signalGroup } from "../../system/process-group";
import { processStartTime } from "../../system/process-identity";
import { CapturedOutput } from "./captured-output";
import { describeUndecodable } from "./undecodable";

/** How often live output is handed on, in milliseconds. */
const drainEveryMs = 50;

/** After the group was ended, pipes may be held open by something that left it; they are not waited for longer. */
const pipeGraceMs = 500;

/** Longest timer the platform keeps, in milliseconds; a longer one would fire at once. */
const longestTimerMs = 2_147_483_647;

export interface CommandPlan {
  /** Names of the program, the next one taken where one is not on PATH. */
  readonly programs: readonly string[];
  readonly args: readonly string[];
  readonly directory: string;
  /** All it gets: nothing is inherited. */
  readonly environment: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  /** Encodings of its output, the first that fits. */
  readonly encodings: readonly string[];
}

/** What is told of a command while it runs. */
export interface CommandListener {
  started(process: { readonly pid: number | null; readonly startTime: string | null }): void;
  output(stream: "stdout" | "stderr", text: string): void;
}

export type CommandEnd =
  | {
      readonly kind: "exited";
      /** As Python counts: minus the signal's number where a signal ended it. */
      readonly returnCode: number;
      readonly stdout: string;
      readonly stderr: string;
    }
  | { readonly kind: "timed-out" | "cancelled" }
  | { readonly kind: "not-started" | "unreadable-output"; readonly detail: string };

export interface CommandOutcome {
  readonly end: CommandEnd;
  /** Bytes that were printed and not kept. */
  readonly droppedBytes: number;
}

/**
 * Runs one command in a process group of its own, with its input closed, and waits until it has ended and nothing holds
 * its output any more, as the reference does (spec/tos/orchestrator.md §8). At the time limit, or when `signal` is aborted,
 * the whole group is asked to end and killed 2 s later. Never rejects.
 */
export async function runCommand(
  plan: CommandPlan,
  signal: AbortSignal,
  listener: CommandListener,
): Promise<CommandOutcome> {
  const refusal = argumentProblem(plan.args);
  if (refusal !== null) return { end: { kind: "not-started", detail: refusal }, droppedBytes: 0 };
  for (const [index, program] of plan.programs.entries()) {
    const outcome = await runProgram(program, plan, signal, listener);
    if (outcome !== "not-found") return outcome;
    if (index + 1 === plan.programs.length) break;
  }
  const [wanted = ""] = plan.programs;
  const detail = `[Errno 2] No such file or directory: '${wanted}'`;
  return { end: { kind: "not-started", detail }, droppedBytes: 0 };
}

/** The platform would pass another text on than the one that was judged, or throw. */
function argumentProblem(args: readonly string[]): string | null {
  if (args.some((argument) => argument.includes("\0"))) return "embedded null byte";
  if (args.some((argument) => /\p{Surrogate}/u.test(argument)))
    return "'utf-8' codec can't encode the code: it holds half of a surrogate pair";
  return null;
}

async function runProgram(
  program: string,
  plan: CommandPlan,
  signal: AbortSignal,
  listener: CommandListener,
): Promise<CommandOutcome | "not-found"> {
  const child = execa(program, plan.args, inOwnGroup(plan.directory, plan.environment));
  const [firstEncoding = "utf-8"] = plan.encodings;
  const outputs = {
    stdout: new CapturedOutput(child.stdout, firstEncoding),
    stderr: new CapturedOutput(child.stderr, firstEncoding),
  };
  const { pid } = child;
  let ending: "timed-out" | "cancelled" | null = null;
  const timers: NodeJS.Timeout[] = [];

  function hand(): void {
    for (const stream of ["stdout", "stderr"] as const)
      for (const piece of outputs[stream].drain()) listener.output(stream, piece);
  }
  function releasePipes(): void {
    child.stdout.destroy();
    child.stderr.destroy();
  }
  function finishGroup(why: "timed-out" | "cancelled"): void {
    if (ending !== null || pid === undefined) return;
    ending = why;
    signalGroup(pid, "SIGTERM");
    timers.push(
      setTimeout(() => signalGroup(pid, "SIGKILL"), graceMs),
      setTimeout(releasePipes, graceMs + pipeGraceMs),
    );
  }

  const onAbort = (): void => finishGroup("cancelled");
  if (pid !== undefined) listener.started({ pid, startTime: processStartTime(pid) });
  const drainTimer = setInterval(hand, drainEveryMs);
  timers.push(
    setTimeout(() => finishGroup("timed-out"), Math.min(Math.max(0, plan.timeoutMs), longestTimerMs)),
  );
  signal.addEventListener("abort", onAbort);
  if (signal.aborted) onAbort();

  const result = await child;
  signal.removeEventListener("abort", onAbort);
  clearInterval(drainTimer);
  for (const timer of timers) clearTimeout(timer);
  hand();
  const droppedBytes = outputs.stdout.droppedBytes + outputs.stderr.droppedBytes;
  if (pid === undefined) {
    if (result.code === "ENOENT") return "not-found";
    return { end: { kind: "not-started", detail: result.originalMessage ?? "" }, droppedBytes };
  }
  if (ending !== null) {
    // The command is gone; what it started must not outlive it.
    signalGroup(pid, "SIGKILL");
    return { end: { kind: ending }, droppedBytes };
  }
  return { end: endOf(result, outputs, plan.encodings), droppedBytes };
}

function endOf(
  { exitCode, signal }: { readonly exitCode?: number; readonly signal?: NodeJS.Signals },
  outputs: Readonly<Record<"stdout" | "stderr", CapturedOutput>>,
  encodings: readonly string[],
): CommandEnd {
  const stdout = outputs.stdout.text(encodings);
  const stderr = outputs.stderr.text(encodings);
  if (stdout === null || stderr === null) {
    const bytes = (stdout === null ? outputs.stdout : outputs.stderr).bytes();
    return { kind: "unreadable-output", detail: describeUndecodable(bytes) };
  }
  const returnCode = signal === undefined ? (exitCode ?? 0) : -constants.signals[signal];
  return { kind: "exited", returnCode, stdout, stderr };
}
