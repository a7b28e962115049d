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

function firstLine(code: string): string {
  const [line = "", ...others] = code.split("\n");
  return others.length === 0 ? line : `${line} …`;
}

function endedText(event: Extract<ProgressEvent, { kind: "command-ended" }>): string {
  const code = event.returnCode === null ? "" : ` with ${event.returnCode}`;
  const detail = event.detail === "" ? "" : `: ${event.detail}`;
  const dropped =
    event.droppedBytes === 0 || event.detail !== ""
      ? ""
      : `; ${formatBytes(event.droppedBytes)} of output dropped`;
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
    case "command-output":
    case "step-started":
    case "stage-started":
      // Output is put together from its pieces; of steps and stages the launcher's own lines tell.
      return [];
  }
}

/** Lines kept of one run in the window, the newest; the progress file has them all. */
export const keptRows = 200_000;

/** A run's progress as lines, and where it was left off, so that what comes later is only added. */
export interface Log {
  readonly rows: readonly LogRow[];
  /** Lines that were here and are not kept any more. */
  readonly dropped: number;
  /** Sequences of the first and the last entry that was taken; null before the first. */
  readonly first: number | null;
  readonly last: number | null;
  /** Lines of output that have not ended yet, by their command and stream: how far from the end each stands. */
  readonly open: ReadonlyMap<string, number>;
}

/** The log of nothing. */
export const emptyLog: Log = { rows: [], dropped: 0, first: null, last: null, open: new Map() };

/** Characters of one line; what is longer goes on in the next, so that no single one is costly to draw. */
const longestLine = 4_000;

type Output = Extract<ProgressEvent, { kind: "command-output" }>;

function cut(line: string): string[] {
  const pieces = [line.slice(0, longestLine)];
  for (let at = longestLine; at < line.length; at += longestLine)
    pieces.push(line.slice(at, at + longestLine));
  return pieces;
}

/** Adds one piece of output. Pieces are cut anywhere: the first line of one goes on with the last of the one before. */
function addOutput(
  rows: LogRow[],
  open: Map<string, number>,
  { index, step, stream, text }: Output,
  unixMs: number,
): void {
  const key = `${step} ${index} ${stream}`;
  const lines = text.split("\n").flatMap(cut);
  const unended = lines.pop() ?? "";
  let unfinished = open.get(key);
  open.delete(key);
  const row = (line: string): LogRow =>
    stream === "stderr"
      ? { source: "commands", tag: "err", tagClass: "text-degraded", text: line, unixMs }
      : { source: "commands", tag: "out", text: line, unixMs };
  const put = (line: string, ended: boolean): void => {
    const before = unfinished === undefined ? undefined : rows[unfinished];
    const known =
      before !== undefined && before.text.length + line.length <= longestLine ? before : undefined;
    const at = unfinished !== undefined && known !== undefined ? unfinished : rows.length;
    const whole = `${known?.text ?? ""}${line}`;
    rows[at] = { ...(known ?? row("")), text: ended ? whole.replace(/\r$/, "") : whole };
    unfinished = undefined;
    if (!ended) open.set(key, at);
  };
  for (const line of lines) put(line, true);
  if (unended !== "" || unfinished !== undefined) put(unended, false);
}

/** Whether the entries only go on from where the log was left off; else it is made anew. */
function goesOn(log: Log, entries: readonly ProgressEntry[]): boolean {
  const [first] = entries;
  if (log.first === null || log.last === null || first === undefined) return false;
  return first.sequence >= log.first && first.sequence <= log.last + 1;
}

/**
 * The log with the entries it does not have yet, oldest first; the same log when there are none. `entries` are all that
 * is known of the run. A text of several lines becomes as many.
 */
export function extendedLog(log: Log, entries: readonly ProgressEntry[], kept: number = keptRows): Log {
  const last = entries.at(-1);
  if (last === undefined) return log.first === null ? log : emptyLog;
  const before = goesOn(log, entries) ? log : emptyLog;
  if (before.last !== null && last.sequence <= before.last) return before;
  const rows = [...before.rows];
  const open = new Map([...before.open].map(([key, fromEnd]) => [key, rows.length - fromEnd]));
  const from = before.last ?? -1;
  for (const { event, sequence, unixMs } of entries) {
    if (sequence <= from) continue;
    if (event.kind === "command-output") addOutput(rows, open, event, unixMs);
    else rows.push(...told(event).map((row) => ({ ...row, unixMs })));
  }
  const surplus = Math.max(0, rows.length - kept);
  return {
    rows: surplus === 0 ? rows : rows.slice(surplus),
    dropped: before.dropped + surplus,
    first: before.first ?? entries[0]?.sequence ?? null,
    last: last.sequence,
    open: new Map([...open].map(([key, at]) => [key, rows.length - at])),
  };
}

/** A run's progress as lines of a log, oldest first. */
export function logRows(entries: readonly ProgressEntry[]): readonly LogRow[] {
  return extendedLog(emptyLog, entries).rows;
}

/** The lines that a filter lets through. */
export function filteredRows(rows: readonly LogRow[], filter: LogFilter): readonly LogRow[] {
  return filter === "all" ? rows : rows.filter(({ source }) => source === filter);
}
