import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type CancelRequest, cancelRequestSchema, interruptedBy } from "#domain/tos/runs/cancel-request";
import { cancelFileOf, progressFileOf } from "#domain/tos/runs/run-files";
import { isSameProcessAlive } from "../../system/process-identity";
import { writeDurable } from "../../system/write-durable";
import { readProgress } from "./progress-file";

/**
 * Asks a run to end. What is asked is on disk before the run's process hears of it, so that it can say who ended it and
 * why. False when the run does not run any more. Rejects with the system's error.
 */
export async function cancelRun(root: string, runId: string, request: CancelRequest): Promise<boolean> {
  const entries = await readProgress(join(root, progressFileOf(runId)), 0);
  const started = entries.map(({ event }) => event).find((event) => event.kind === "started");
  if (started === undefined || !isSameProcessAlive(started.pid, started.startTime)) return false;
  await writeDurable(join(root, cancelFileOf(runId)), `${JSON.stringify(request)}\n`);
  // Windows knows no signal that a process could answer; there the run looks for the file.
  if (process.platform !== "win32") process.kill(started.pid, "SIGTERM");
  return true;
}

/** What was asked of a run; null while nobody has asked anything. */
export function readCancelRequest(root: string, runId: string): CancelRequest | null {
  try {
    const text = readFileSync(join(root, cancelFileOf(runId)), "utf8");
    return cancelRequestSchema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

const signals = ["SIGTERM", "SIGINT", "SIGHUP"] as const;
const lookEveryMs = 500;

/** A run's ear for being asked to end. */
export interface CancelListener {
  /** Aborted with a `CancelRequest` as its reason. */
  readonly signal: AbortSignal;
  /** For who lives on after the run: a process that ends would be torn by the next signal. */
  close(): void;
}

/**
 * Listens for signals and, on Windows, for the file that `cancelRun` leaves. Only the first counts: what is under way is
 * brought to its end whatever comes after it.
 */
export function listenForCancel(root: string, runId: string, operator: string): CancelListener {
  const controller = new AbortController();
  const onSignal = (name: NodeJS.Signals): void => {
    if (!controller.signal.aborted)
      controller.abort(readCancelRequest(root, runId) ?? interruptedBy(name, operator));
  };
  for (const name of signals) process.on(name, onSignal);
  const look = setInterval(() => {
    const request = process.platform === "win32" ? readCancelRequest(root, runId) : null;
    if (request !== null && !controller.signal.aborted) controller.abort(request);
  }, lookEveryMs).unref();
  return {
    signal: controller.signal,
    close() {
      clearInterval(look);
      for (const name of signals) process.off(name, onSignal);
    },
  };
}

/** Calls back with what was asked, once, also when it was asked before; ahead of whoever listens to the signal later. */
export function whenCancelled(signal: AbortSignal, heard: (request: CancelRequest) => void): void {
  const tell = (): void => heard(signal.reason as CancelRequest);
  if (signal.aborted) tell();
  else signal.addEventListener("abort", tell, { once: true });
}
