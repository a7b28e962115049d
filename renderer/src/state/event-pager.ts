import type { EventRow, RequestOutput } from "#contract/requests";

/**
 * A window on a log that only grows at its newest end. Rows are kept under an ordinal that never changes while rows
 * arrive: the list stays put, and the view decides which ordinal is its first row.
 */
export interface EventPager {
  /** Log generation the ordinals belong to; -1 before the first answer. */
  readonly generation: number;
  /** Ordinal of the newest matching row the host told of; -1 when there is none. */
  readonly newest: number;
  /** Ordinal of the oldest row that can still be browsed. */
  readonly oldest: number;
  /** Ordinal shown as first row. Equal to `newest` while following. */
  readonly top: number;
  readonly firstBrowsableLine: number;
  readonly rows: ReadonlyMap<number, EventRow>;
}

/** Rows kept in the window; the ones farthest from those last asked for go first. */
export const keptRows = 12_000;

export const emptyPager: EventPager = {
  generation: -1,
  newest: -1,
  oldest: 0,
  top: -1,
  firstBrowsableLine: 0,
  rows: new Map(),
};

type EventsAnswer = RequestOutput<"surface.events">;

/**
 * Takes in an answer to `surface.events` asked with `offset`. Rows that arrived since the last answer move the newest
 * ordinal; a new generation starts over. While `following`, the first row is the newest one.
 */
export function withAnswer(
  pager: EventPager,
  offset: number,
  answer: EventsAnswer,
  following: boolean,
): EventPager {
  const same = pager.generation === answer.generation;
  const newest = same ? newestOrdinal(pager, answer) : answer.matching - 1;
  const rows = new Map(same ? pager.rows : []);
  answer.rows.forEach((row, index) => rows.set(newest - offset - index, row));
  return {
    generation: answer.generation,
    newest,
    oldest: newest - answer.matching + 1,
    top: following || !same ? newest : pager.top,
    firstBrowsableLine: answer.firstBrowsableLine,
    rows: trimmed(rows, newest - offset),
  };
}

/**
 * The newest ordinal after an answer. Normally it grew by as much as the number of matching rows. When old lines can no
 * longer be browsed, that number also shrank at the other end; a row seen before, in the answer, then tells how far the
 * numbering moved.
 */
function newestOrdinal(pager: EventPager, answer: EventsAnswer): number {
  const known = pager.newest - pager.oldest + 1;
  const grown = pager.newest + answer.matching - known;
  if (answer.firstBrowsableLine === pager.firstBrowsableLine) return Math.max(grown, pager.newest);
  const dropped = [...pager.rows.values()].filter((row) => row.line < answer.firstBrowsableLine).length;
  return Math.max(grown + dropped, pager.newest);
}

function trimmed(rows: Map<number, EventRow>, around: number): ReadonlyMap<number, EventRow> {
  if (rows.size <= keptRows) return rows;
  const ordinals = [...rows.keys()].sort((left, right) => Math.abs(left - around) - Math.abs(right - around));
  for (const ordinal of ordinals.slice(keptRows)) rows.delete(ordinal);
  return rows;
}

/** Rows the list has, from `top` down to the oldest. */
export function rowCount(pager: EventPager): number {
  return Math.max(0, pager.top - pager.oldest + 1);
}

/** The row at a position of the list (0 is its first); undefined while it is not here. */
export function rowAt(pager: EventPager, index: number): EventRow | undefined {
  return pager.rows.get(pager.top - index);
}

/** Matching rows that arrived above the first row shown. */
export function arrivedAbove(pager: EventPager): number {
  return Math.max(0, pager.newest - pager.top);
}

/** Shows the newest row first again. */
export function atNewest(pager: EventPager): EventPager {
  return pager.top === pager.newest ? pager : { ...pager, top: pager.newest };
}

/** A page to ask for: `offset` as the host counts, from the newest row it told of. */
export interface PageRequest {
  readonly offset: number;
  readonly limit: number;
}

/** The first page that is missing among the positions shown; null when all are here. */
export function missingPage(
  pager: EventPager,
  firstIndex: number,
  lastIndex: number,
  pageSize: number,
): PageRequest | null {
  const last = Math.min(lastIndex, rowCount(pager) - 1);
  for (let index = Math.max(0, firstIndex); index <= last; index += 1) {
    if (rowAt(pager, index) !== undefined) continue;
    return { offset: arrivedAbove(pager) + index, limit: pageSize };
  }
  return null;
}

/** Position of a log line in the list, if that row is here. */
export function indexOfLine(pager: EventPager, line: number): number | null {
  for (const [ordinal, row] of pager.rows)
    if (row.line === line && ordinal <= pager.top) return pager.top - ordinal;
  return null;
}
