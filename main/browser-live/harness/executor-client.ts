import { execa } from "execa";
import { ContractError } from "#domain/contract-error";
import { backendUnavailable, parseActionResult, type ActionResult } from "#domain/browser-live/action-result";
import { printCompact, type Json } from "#domain/json";

/** How long each call of the executor may take, milliseconds; an action gets this on top of its own time. */
const startDeadlineMs = 60_000;
const actionGraceMs = 30_000;
const shutdownDeadlineMs = 30_000;
/** Longest a timer can wait. */
const longestTimerMs = 2_147_483_647;
/** Standard output past this is cut and the call counts as failed; a page with its picture is a few megabytes. */
const maximumOutputBytes = 64 * 1024 * 1024;

/** Talks to an executor program: one process per call, JSON on its standard output (spec/tau/live-run.md §4). */
export class ExecutorClient {
  readonly #program: string;
  readonly #environment: Readonly<Record<string, string | undefined>>;
  readonly #signal: AbortSignal;
  #started = false;

  /** When `signal` aborts, the call under way is killed and rejects. */
  constructor(
    program: string,
    environment: Readonly<Record<string, string | undefined>>,
    signal: AbortSignal,
  ) {
    this.#program = program;
    this.#environment = environment;
    this.#signal = signal;
  }

  /** Sends one case. The session is started before the first; that failing rejects and ends the run. */
  async execute(request: Json, timeoutMs: number): Promise<ActionResult> {
    if (!this.#started) {
      // From here on there may be something to shut down, even when the start itself fails halfway.
      this.#started = true;
      await this.#call("start-session", [], startDeadlineMs, this.#signal);
    }
    try {
      const argument = printCompact(request);
      const deadlineMs = Math.min(timeoutMs + actionGraceMs, longestTimerMs);
      return parseActionResult(await this.#call("execute-action", [argument], deadlineMs, this.#signal));
    } catch (error) {
      this.#signal.throwIfAborted();
      return backendUnavailable(error instanceof Error ? error.message : String(error));
    }
  }

  /** Ends the session if one was started; also after an abort, which is when it matters most. */
  async shutdown(): Promise<void> {
    if (!this.#started) return;
    this.#started = false;
    await this.#call("shutdown-session", [], shutdownDeadlineMs, new AbortController().signal);
  }

  async #call(
    operation: string,
    rest: readonly string[],
    deadlineMs: number,
    signal: AbortSignal,
  ): Promise<string> {
    signal.throwIfAborted();
    const child = execa(this.#program, [operation, ...rest], {
      // A group of its own, so that what a wrapper script started ends with it.
      detached: true,
      stdin: "ignore",
      env: this.#environment,
      extendEnv: false,
      maxBuffer: maximumOutputBytes,
      reject: false,
      stripFinalNewline: false,
    });
    let giveUp: (reason: string) => void = () => undefined;
    const late = new Promise<string>((resolve) => {
      giveUp = resolve;
    });
    const stop = (reason: string) => {
      if (child.pid !== undefined) killGroup(child.pid);
      giveUp(reason);
    };
    const timer = setTimeout(stop, deadlineMs, `no answer within ${deadlineMs} ms`);
    const onAbort = () => stop("stopped");
    signal.addEventListener("abort", onAbort);
    try {
      const result = await Promise.race([child, late]);
      signal.throwIfAborted();
      if (typeof result === "string") throw failed(operation, result);
      if (result.failed) throw failed(operation, describeFailure(result, this.#program));
      return result.stdout;
    } finally {
      clearTimeout(timer);
      signal.removeEventListener("abort", onAbort);
    }
  }
}

function failed(operation: string, detail: string): ContractError {
  return new ContractError(`browser executor subcommand '${operation}' failed: ${detail}`);
}

/** What execa tells of a call that failed, as far as it is needed. */
interface FailedCall {
  readonly isMaxBuffer: boolean;
  readonly exitCode?: number | undefined;
  readonly signal?: string | undefined;
  readonly originalMessage?: string | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

function describeFailure(result: FailedCall, program: string): string {
  if (result.isMaxBuffer) return `it printed more than ${maximumOutputBytes} bytes`;
  if (result.exitCode === undefined && result.signal === undefined)
    return `failed to launch browser automation executor '${program}': ${result.originalMessage ?? ""}`;
  const printed = [result.stderr, result.stdout].map((text) => text.trim()).find((text) => text !== "");
  return printed?.slice(0, 2_000) ?? "no output";
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, "SIGKILL");
  } catch (error) {
    // It ended by itself in the same moment.
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}
