import type { ProgressEntry, ProgressEvent } from "#contract/tos/progress";
import { formatBytes } from "../../../format/number";
import type { LogLine } from "../../../ui/LogLines";

/** Which lines of a run are shown. */
export const logFilters = ["all", "console", "models", "commands"] as const;
export type LogFilter = (typeof logFilters)[number];

type Source = Exclude<LogFilter, "all">;

/** One line of a run's story, and where it belongs. */
export interface LogRow extends LogLine {
  readonly source: Source;
}

const outcomes: Readonly<Record<Extract<ProgressEvent, { kind: "command-ended" }>["outcome"], string>> = {
  exited: "ended",
  "timed-out": "took too long and was ended",
  cancelled: "was cancelled",
  "not-started": "could not be started",
  "unreadable-output": "printed what is no text",
};

function linesOf(text: string): string[] {
  const lines = text.split(/\r?\n/);
  if (lines.length > 1 && lines.at(-1) === "") lines.pop();
  return lines;
}

function firstLine(code: string): string {
  const [line = "", ...others] = code.split("\n");
  return others.length === 0 ? line : `${line} …`;
}

function endedText(event: Extract<ProgressEvent, { kind: "command-ended" }>): string {
  const code = event.returnCode === null ? "" : ` with ${event.returnCode}`;
  const detail = event.detail === "" ? "" : `: ${event.detail}`;
  const dropped = event.droppedBytes === 0 ? "" : `; ${formatBytes(event.droppedBytes)} of output dropped`;
  return `command ${event.index + 1} ${outcomes[event.outcome]}${code}${detail}${dropped}`;
}

type Told = Omit<LogRow, "unixMs">;

function told(event: ProgressEvent): readonly Told[] {
  switch (event.kind) {
    case "started":
      return [
        { source: "console", tag: "began", text: `${event.operation} by ${event.operator}, ${event.from}` },
      ];
    case "line":
      return [
        event.stream === "stderr"
          ? { source: "console", tag: "err", tagClass: "text-degraded", text: event.text }
          : { source: "console", tag: "tos", text: event.text },
      ];
    case "model-called": {
      const prompt = event.prompt > 1 ? `, prompt ${event.prompt}` : "";
      const text = `${event.role}: ${event.provider} ${event.model}${prompt}, attempt ${event.attempt} of ${event.attempts}`;
      return [{ source: "models", tag: "model", tagClass: "text-accent", text }];
    }
    case "model-failed": {
      const next = event.retryAfterMs === null ? "" : `; next attempt in ${event.retryAfterMs / 1_000} s`;
      const text = `${event.role} failed: ${event.detail}${next}`;
      return [{ source: "models", tag: "model", tagClass: "text-failing", text }];
    }
    case "commands-judged":
      return event.commands.map((command) => ({
        source: "commands",
        tag: command.allowed ? "allow" : "deny",
        tagClass: command.allowed ? "text-healthy" : "text-denied",
        text: `command ${command.index + 1} ${command.type}: ${command.reason}`,
      }));
    case "command-started": {
      const text = `command ${event.index + 1} ${event.type}: ${firstLine(event.code)}`;
      return [{ source: "commands", tag: "run", tagClass: "text-accent", text }];
    }
    case "command-output":
      return linesOf(event.text).map((text) =>
        event.stream === "stderr"
          ? { source: "commands", tag: "err", tagClass: "text-degraded", text }
          : { source: "commands", tag: "out", text },
      );
    case "command-ended": {
      const well = event.outcome === "exited" && event.returnCode === 0;
      const tagClass = well ? "text-faint" : "text-failing";
      return [{ source: "commands", tag: "end", tagClass, text: endedText(event) }];
    }
    case "file-written":
      return [{ source: "console", tag: "file", text: event.path, textClass: "text-muted" }];
    case "cancelling": {
      const text = `${event.operator} cancels: ${event.reason}`;
      return [{ source: "console", tag: "cancel", tagClass: "text-cancelled", text }];
    }
    case "git":
      return [{ source: "console", tag: "git", tagClass: "text-accent", text: event.command }];
    case "recovery-kept":
      return [{ source: "console", tag: "kept", tagClass: "text-healthy", text: event.ref }];
    case "ended": {
      const text = `exit code ${event.exitCode}${event.endReason === "" ? "" : `: ${event.endReason}`}`;
      const tagClass = event.exitCode === 0 ? "text-healthy" : "text-failing";
      return [{ source: "console", tag: "ended", tagClass, text }];
    }
    case "step-started":
    case "stage-started":
      // The launcher's own lines say so.
      return [];
  }
}

/** A run's progress as lines of a log, oldest first; a text of several lines becomes as many. */
export function logRows(entries: readonly ProgressEntry[]): readonly LogRow[] {
  return entries.flatMap(({ event, unixMs }) => told(event).map((row) => ({ ...row, unixMs })));
}

/** The lines that a filter lets through. */
export function filteredRows(rows: readonly LogRow[], filter: LogFilter): readonly LogRow[] {
  return filter === "all" ? rows : rows.filter(({ source }) => source === filter);
}
