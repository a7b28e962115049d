import type { ProgressEvent } from "#contract/tos/progress";
import { describeError } from "#domain/contract-error";
import { processStartTime } from "../../system/process-identity";
import { appendAcknowledged } from "../runs/acknowledged-file";
import { listenForCancel, whenCancelled } from "../runs/cancel";
import { lockProject, ProjectLockedError, type ProjectLock } from "../runs/lock";
import { openProgress, type ProgressFile } from "../runs/progress-file";
import { nextRunId } from "../runs/run-store";
import type { Operation, OperationContext, OperationEnd, OperationHost } from "./operation";

/**
 * Carries out one operation as this process: under the project's lock, telling its progress, open to being cancelled.
 * While another run works on the project nothing is touched (governance G43). Returns the exit code; never rejects.
 */
export async function performOperation(
  operation: Operation,
  host: OperationHost,
  work: (context: OperationContext) => Promise<OperationEnd>,
): Promise<number> {
  const { root, provenance } = operation;
  let lock: ProjectLock | null = null;
  try {
    const runId = provenance.runId ?? (await nextRunId(root, host.clock.nowUnixMs()));
    // Never closed: until it is gone, this process ends in its own way and not in a signal's.
    const { signal } = listenForCancel(root, runId, host.operator);
    lock = await lockProject(root, runId);
    const acknowledged = { unixMs: Math.floor(host.clock.nowUnixMs()), operator: host.operator };
    await appendAcknowledged(
      root,
      provenance.acknowledgements.map((acknowledgement) => ({
        ...acknowledgement,
        ...acknowledged,
        operation: operation.operation,
        runId,
      })),
    );
    const progress = openProgress(root, runId, host.clock);
    try {
      return await tellAndWork(operation, host, { runId, lock, progress, signal }, work);
    } finally {
      progress.close();
    }
  } catch (error) {
    for (const line of operation.head) host.terminal.out(line);
    const rule = error instanceof ProjectLockedError ? "governance: G43 " : "error: ";
    host.terminal.error(`${rule}${describeError(error)}`);
    return 1;
  } finally {
    // A lock that cannot be removed is taken over by the next run: its process is gone then.
    await lock?.release().catch(() => undefined);
  }
}

interface Begun {
  readonly runId: string;
  readonly lock: ProjectLock;
  readonly progress: ProgressFile;
  readonly signal: AbortSignal;
}

async function tellAndWork(
  operation: Operation,
  host: OperationHost,
  { runId, lock, progress, signal }: Begun,
  work: (context: OperationContext) => Promise<OperationEnd>,
): Promise<number> {
  const { provenance } = operation;
  progress.report({
    kind: "started",
    operation: operation.operation,
    clean: operation.clean,
    pid: process.pid,
    startTime: processStartTime(process.pid),
    operator: host.operator,
    from: provenance.from,
    reason: provenance.reason,
    acknowledgements: [...provenance.acknowledgements],
    subject: operation.subject,
  });
  const { report, lost } = reporter(progress, host);
  let ended = false;
  whenCancelled(signal, (request) => {
    if (!ended) report({ kind: "cancelling", ...request });
  });
  const line = (stream: "stdout" | "stderr") => (text: string) => report({ kind: "line", stream, text });
  const context: OperationContext = {
    ...operation,
    runId,
    environment: host.environment,
    clock: host.clock,
    operator: host.operator,
    cancel: signal,
    report,
    lost,
    print: line("stdout"),
    say: line("stderr"),
  };
  for (const text of operation.head) context.print(text);
  if (lock.takenOverFrom !== null) {
    const { runId: gone, pid } = lock.takenOverFrom;
    context.say(`run ${gone} never ended: its process ${pid} is gone, and this run has taken its place`);
  }
  const end = await endOf(context, work);
  ended = true;
  report({ kind: "ended", ...end });
  return end.exitCode;
}

/** What nothing inside has caught ends the operation as an unexpected error ends a script: one line, exit code 1. */
async function endOf(
  context: OperationContext,
  work: (context: OperationContext) => Promise<OperationEnd>,
): Promise<OperationEnd> {
  try {
    return await work(context);
  } catch (error) {
    const endReason = `error: ${describeError(error)}`;
    context.say(endReason);
    return { exitCode: 1, endReason };
  }
}

interface Reporter {
  report(event: ProgressEvent): void;
  lost(): unknown;
}

/** A full disk must not break off a rollback half-way: the loss is said once, and it goes on. */
function reporter(progress: ProgressFile, { terminal }: OperationHost): Reporter {
  let lost: unknown = null;
  return {
    lost: () => lost,
    report(event) {
      try {
        progress.report(event);
      } catch (error) {
        if (lost === null)
          terminal.error(`error: the progress of this run is not kept: ${describeError(error)}`);
        lost ??= error;
      }
      if (event.kind !== "line") return;
      if (event.stream === "stdout") terminal.out(event.text);
      else terminal.error(event.text);
    },
  };
}
