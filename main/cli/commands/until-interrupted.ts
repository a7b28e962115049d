import { describeError } from "#domain/contract-error";
import { Interruption, withInterruption } from "../../browser-live/interruption";
import type { Terminal } from "../terminal";

/**
 * Runs a command that a signal may end early: it then says so and exits as shells expect (128 + the signal's number),
 * with nothing half-written.
 */
export function untilInterrupted(
  terminal: Terminal,
  work: (signal: AbortSignal) => Promise<number>,
): Promise<number> {
  return withInterruption(async (signal) => {
    try {
      return await work(signal);
    } catch (failure) {
      if (!(signal.reason instanceof Interruption)) throw failure;
      terminal.error(`Error: ${describeError(failure)}`);
      return signal.reason.exitCode;
    }
  });
}
