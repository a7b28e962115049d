import type { ProgressEntry } from "#contract/tos/progress";

/** A process by its number and, where the system tells, its start time. */
export interface NotedProcess {
  readonly pid: number;
  readonly startTime: string | null;
}

/** The command that a run had started and whose end it never told; null when there is none. */
export function leftRunning(entries: readonly ProgressEntry[]): NotedProcess | null {
  let open: NotedProcess | null = null;
  for (const { event } of entries) {
    if (event.kind === "command-ended") open = null;
    if (event.kind === "command-started")
      open = event.pid === null ? null : { pid: event.pid, startTime: event.startTime };
  }
  return open;
}
