import { createWriteStream } from "node:fs";
import { execa } from "execa";
import type { Terminal } from "../../cli/terminal";

/** What a step that ran out of time exits with (spec/tau/live-run.md §3). */
const timedOut = 124;
/** Time for the harness to end its browser after it was asked to stop, milliseconds. */
const stopGraceMs = 20_000;

/**
 * Runs the harness in a process of its own; every line it prints goes to the terminal and into the transcript. Resolves
 * with its exit code, 124 when it took longer than `timeoutMs` (null: as long as it needs).
 */
export async function runHarnessProcess(
  command: { readonly program: string; readonly args: readonly string[] },
  options: {
    readonly transcriptPath: string;
    readonly timeoutMs: number | null;
    readonly environment: Readonly<Record<string, string | undefined>>;
    readonly signal: AbortSignal;
    readonly terminal: Terminal;
  },
): Promise<number> {
  const transcript = createWriteStream(options.transcriptPath);
  const child = execa(command.program, [...command.args], {
    stdin: "ignore",
    all: true,
    buffer: false,
    reject: false,
    env: options.environment,
    extendEnv: false,
    forceKillAfterDelay: stopGraceMs,
    cancelSignal: options.signal,
    ...(options.timeoutMs === null ? {} : { timeout: options.timeoutMs }),
  });
  try {
    for await (const line of child.iterable({ from: "all" })) {
      options.terminal.out(line);
      transcript.write(`${line}\n`);
    }
  } catch {
    // The output of a process that was stopped ends early; how it ended is told below.
  } finally {
    await new Promise<void>((resolve) => transcript.end(resolve));
  }
  const result = await child;
  options.signal.throwIfAborted();
  return result.timedOut ? timedOut : (result.exitCode ?? 1);
}
