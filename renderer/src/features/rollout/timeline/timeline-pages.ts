import type { TimelineEntry } from "#contract/rollout/journal";

/** Entries of a journal that are here, newest first, without holes. */
export interface TimelinePages {
  readonly known: boolean;
  readonly total: number;
  readonly entries: readonly TimelineEntry[];
  /** Entries that arrived while the operator looked at older ones, newest first; shown when asked for. */
  readonly arrived: readonly TimelineEntry[];
  /** The oldest entry is here. */
  readonly complete: boolean;
}

export const noPages: TimelinePages = { known: false, total: 0, entries: [], arrived: [], complete: false };

/** Sequence of the newest entry that is here, shown or not; 0 for none. */
export function newestSequence(pages: TimelinePages): number {
  return (pages.arrived[0] ?? pages.entries[0])?.sequence ?? 0;
}

/** Sequence of the oldest entry that is here; null for none. */
export function oldestSequence(pages: TimelinePages): number | null {
  return pages.entries.at(-1)?.sequence ?? null;
}

/** After an answer about entries older than those here; fewer than were asked for means that there are no more. */
export function withOlder(
  pages: TimelinePages,
  answer: { readonly total: number; readonly entries: readonly TimelineEntry[] },
  limit: number,
): TimelinePages {
  const oldest = oldestSequence(pages) ?? Number.POSITIVE_INFINITY;
  return {
    ...pages,
    known: true,
    total: answer.total,
    entries: [...pages.entries, ...answer.entries.filter((entry) => entry.sequence < oldest)],
    complete: answer.entries.length < limit,
  };
}

/** After an answer about the newest end. `stay`: the operator looks elsewhere, nothing may move. */
export function withNewer(
  pages: TimelinePages,
  answer: { readonly total: number; readonly entries: readonly TimelineEntry[] },
  stay: boolean,
): TimelinePages {
  const newest = newestSequence(pages);
  const fresh = answer.entries.filter((entry) => entry.sequence > newest);
  const next = { ...pages, total: answer.total, arrived: [...fresh, ...pages.arrived] };
  return stay ? next : withArrived(next);
}

/** Shows what arrived meanwhile. */
export function withArrived(pages: TimelinePages): TimelinePages {
  return { ...pages, entries: [...pages.arrived, ...pages.entries], arrived: [] };
}
