/** Thrown where a signal to stop was taken; carries what the process exits with (128 + the signal's number). */
export class Interruption extends Error {
  override readonly name = "Interruption";
  readonly exitCode: number;

  constructor(signal: string, exitCode: number) {
    super(`stopped by ${signal}`);
    this.exitCode = exitCode;
  }
}

const exitCodes = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;
const signals = Object.keys(exitCodes) as (keyof typeof exitCodes)[];

/**
 * Runs `work` with a signal that aborts when the process is asked to stop, so that it can end its browser first. A
 * second request to stop ends the process at once.
 */
export async function withInterruption<Outcome>(
  work: (signal: AbortSignal) => Promise<Outcome>,
): Promise<Outcome> {
  const controller = new AbortController();
  const listeners = signals.map((name) => {
    const listener = () => {
      if (controller.signal.aborted) process.exit(exitCodes[name]);
      controller.abort(new Interruption(name, exitCodes[name]));
    };
    process.on(name, listener);
    return [name, listener] as const;
  });
  try {
    return await work(controller.signal);
  } finally {
    for (const [name, listener] of listeners) process.removeListener(name, listener);
  }
}
