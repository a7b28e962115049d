import type { EventLogView } from "#contract/reading";
import type { EventRow } from "#contract/requests";
import { loggedStatus, type DisplayStatus } from "./display-status";

/** Cycles in the strip of the overview. */
export const stripLength = 60;

/** One tick of the strip. A line that is no valid record is a tick too: it must not vanish. */
export interface CycleTick {
  readonly line: number;
  readonly status: DisplayStatus | "invalid";
  readonly unixMs: number | null;
  readonly failed: number;
}

/** The newest lines of a log, oldest first. */
export interface RecentCycles {
  readonly generation: number;
  readonly ticks: readonly CycleTick[];
}

export const noRecentCycles: RecentCycles = { generation: -1, ticks: [] };

/** A row of the log as a tick. */
export function tickOf(row: Pick<EventRow, "line" | "cycle">): CycleTick {
  return {
    line: row.line,
    status: row.cycle === null ? "invalid" : loggedStatus(row.cycle.healthState),
    unixMs: row.cycle?.timestampUnixMs ?? null,
    failed: row.cycle?.failed ?? 0,
  };
}

/**
 * Brings the strip up to a log's view without asking the host, when the view alone says enough: the strip is up to
 * date, or exactly one valid line was added and it is the last cycle. Null when rows must be fetched.
 */
export function advanced(recent: RecentCycles, log: EventLogView): RecentCycles | null {
  if (recent.generation !== log.generation) return null;
  const last = recent.ticks.at(-1)?.line ?? 0;
  if (log.lines === last) return recent;
  const line = log.lastCycleRecord?.line ?? null;
  if (log.lines !== last + 1 || line !== log.lines || log.lastCycle === null) return null;
  return withRows(recent, log.generation, [{ line, cycle: log.lastCycle }]);
}

/** Adds rows in any order; keeps the newest, each line once. Another generation starts over. */
export function withRows(
  recent: RecentCycles,
  generation: number,
  rows: readonly Pick<EventRow, "line" | "cycle">[],
): RecentCycles {
  const byLine = new Map<number, CycleTick>();
  if (recent.generation === generation) for (const tick of recent.ticks) byLine.set(tick.line, tick);
  for (const row of rows) byLine.set(row.line, tickOf(row));
  const ticks = [...byLine.values()].sort((left, right) => left.line - right.line).slice(-stripLength);
  return { generation, ticks };
}
