import type { RolloutEvent, TimelineEntry } from "#contract/rollout/journal";

/** One row of the timeline, newest first. */
export type TimelineRow =
  /** One event; `first` for the newest event of its entry, which carries its number. */
  | {
      readonly kind: "event";
      readonly key: string;
      readonly entry: TimelineEntry;
      readonly event: RolloutEvent;
      readonly first: boolean;
    }
  /** Consecutive checks that only went on as before, folded into one row. */
  | {
      readonly kind: "stretch";
      readonly key: string;
      readonly sequences: readonly number[];
      readonly fromUnixMs: number;
      readonly toUnixMs: number;
      readonly addedMs: number;
    }
  /** Time in which nothing was journaled: nobody looked, or the machine slept. */
  | {
      readonly kind: "gap";
      readonly key: string;
      readonly fromUnixMs: number;
      readonly toUnixMs: number;
      readonly reason: "downtime" | "silence";
    };

/** Fewer checks in a row than this stay as they are: folding them would hide more than it helps. */
const shortestStretch = 3;

/** The vector of a lone check that passed and counted, as text; null for an entry that says more than "as before". */
function routine(entry: TimelineEntry): string | null {
  const [event, ...others] = entry.events;
  if (event?.type !== "check-recorded" || others.length > 0) return null;
  if (event.trigger !== "scheduled" || event.findings.length > 0 || event.soak.outcome !== "counted")
    return null;
  return event.verdicts.map(({ rule, statuses }) => `${rule}:${statuses.join()}`).join(" ");
}

function gapBetween(newer: TimelineEntry, older: TimelineEntry, checkIntervalMs: number): TimelineRow | null {
  const lengthMs = newer.unixMs - older.unixMs;
  const opened = newer.events.some(({ type }) => type === "session-opened");
  const contiguous = newer.sequence === older.sequence + 1;
  if (!contiguous || lengthMs <= 0 || (!opened && lengthMs <= 2 * checkIntervalMs)) return null;
  return {
    kind: "gap",
    key: `gap ${newer.sequence}`,
    fromUnixMs: older.unixMs,
    toUnixMs: newer.unixMs,
    reason: opened ? "downtime" : "silence",
  };
}

function eventRows(entry: TimelineEntry): TimelineRow[] {
  return entry.events.toReversed().map((event, index) => ({
    kind: "event",
    key: `${entry.sequence} ${index}`,
    entry,
    event,
    first: index === 0,
  }));
}

function stretchRow(entries: readonly TimelineEntry[]): TimelineRow {
  const checks = entries.flatMap((entry) => entry.events).filter((event) => event.type === "check-recorded");
  const times = entries.map((entry) => entry.unixMs);
  return {
    kind: "stretch",
    key: `stretch ${entries[0]?.sequence ?? 0}`,
    sequences: entries.map((entry) => entry.sequence),
    fromUnixMs: Math.min(...times),
    toUnixMs: Math.max(...times),
    addedMs: checks.reduce((sum, check) => sum + check.soak.addedMs, 0),
  };
}

/**
 * Rows for entries that come newest first. Checks in a row that passed and counted with one and the same vector become
 * one row, unless one of their sequences is in `unfolded`; a pause of more than two check intervals, and the time before
 * a console took the rollout up again, become a row of their own.
 */
export function timelineRows(
  entries: readonly TimelineEntry[],
  checkIntervalMs: number,
  unfolded: ReadonlySet<number>,
): readonly TimelineRow[] {
  const rows: TimelineRow[] = [];
  let stretch: TimelineEntry[] = [];
  let vector: string | null = null;
  const flush = (): void => {
    const shown = stretch.length < shortestStretch || stretch.some(({ sequence }) => unfolded.has(sequence));
    if (shown) rows.push(...stretch.flatMap(eventRows));
    else rows.push(stretchRow(stretch));
    stretch = [];
  };
  entries.forEach((entry, index) => {
    const newer = entries[index - 1];
    const gap = newer === undefined ? null : gapBetween(newer, entry, checkIntervalMs);
    const own = routine(entry);
    if (stretch.length > 0 && (gap !== null || own !== vector)) flush();
    if (gap !== null) rows.push(gap);
    vector = own;
    if (own === null) rows.push(...eventRows(entry));
    else stretch.push(entry);
  });
  if (stretch.length > 0) flush();
  return rows;
}
