import { setTimeout as wait } from "node:timers/promises";
import type { Clock } from "#domain/clock";
import { ContractError } from "#domain/contract-error";
import type { CommandRequest, CommandResult } from "#domain/surfaces/custom-command/run";
import { errorCodeOf } from "./state-files";

/** Bytes of each output stream that are kept (spec/tau/surfaces.md §10). */
const keptBytes = 16_384;
/** How long a program's output may stay open after it ended, because something it started still holds it. */
const drainMs = 250;

export interface CommandLimits {
  readonly clock: Clock;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
}

/**
 * Starts a program directly, with its output captured and its input closed, and kills it when its time is up
 * (spec/tau/surfaces.md §10). Rejects with a `ContractError` only when the cycle is cancelled.
 */
export async function executeCommand(request: CommandRequest, limits: CommandLimits): Promise<CommandResult> {
  // Loaded here because few cycles start a program, and every cycle pays for what is loaded at the start.
  const { execa } = await import("execa");
  const startedMs = limits.clock.monotonicMs();
  const stdout = new OutputKeeper();
  const stderr = new OutputKeeper();
  const durationMs = () => Math.max(0, Math.floor(limits.clock.monotonicMs() - startedMs));
  const unstarted = (ending: "not-found" | "spawn-error", message: string): CommandResult => ({
    ending,
    exitCode: null,
    stdout: "",
    stderr: message,
    durationMs: durationMs(),
  });
  // The system would look for a program without a name in the directory itself.
  if (request.program === "") return unstarted("not-found", "the command line names no program");
  const child = execa(request.program, [...request.args], {
    env: environmentFor(request),
    extendEnv: false,
    stdin: "ignore",
    buffer: false,
    reject: false,
    timeout: limits.timeoutMs,
    killSignal: "SIGKILL",
    ...(limits.signal === undefined ? {} : { cancelSignal: limits.signal }),
  });
  child.stdout.on("data", (bytes: Uint8Array) => stdout.add(bytes));
  child.stderr.on("data", (bytes: Uint8Array) => stderr.add(bytes));
  child.once("exit", () => void closeOutput(child));
  const result = await child;
  if (limits.signal?.aborted === true) throw new ContractError("cycle cancelled; nothing was written");
  if (child.pid === undefined) {
    const message = result.originalMessage ?? "the program could not be started";
    const missing = errorCodeOf(result.cause) === "ENOENT" || result.code === "ENOENT";
    return unstarted(missing ? "not-found" : "spawn-error", message);
  }
  return {
    ending: result.timedOut ? "timed-out" : "exited",
    exitCode: result.exitCode ?? null,
    stdout: stdout.text(),
    stderr: stderr.text(),
    durationMs: durationMs(),
  };
}

/** Without this, a program that leaves a child of its own behind would hold the cycle until that child ends. */
async function closeOutput(child: {
  readonly stdout: { destroy(): unknown };
  readonly stderr: { destroy(): unknown };
}): Promise<void> {
  await wait(drainMs, undefined, { ref: false });
  child.stdout.destroy();
  child.stderr.destroy();
}

function environmentFor(request: CommandRequest): Record<string, string> {
  const path = process.env["PATH"] ?? "";
  const base = request.inheritEnvironment ? process.env : path.trim() === "" ? {} : { PATH: path };
  const defined = Object.entries(base).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return { ...Object.fromEntries(defined), ...Object.fromEntries(request.variables) };
}

/** Keeps the head of a stream and counts the rest. */
class OutputKeeper {
  readonly #chunks: Uint8Array[] = [];
  #kept = 0;
  #dropped = 0;

  add(bytes: Uint8Array): void {
    const head = bytes.subarray(0, keptBytes - this.#kept);
    if (head.length > 0) this.#chunks.push(head);
    this.#kept += head.length;
    this.#dropped += bytes.length - head.length;
  }

  text(): string {
    const text = Buffer.concat(this.#chunks).toString("utf8");
    return this.#dropped === 0 ? text : `${text}...<truncated:${this.#dropped} bytes>`;
  }
}
