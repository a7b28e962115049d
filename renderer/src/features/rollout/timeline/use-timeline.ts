import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import type { BridgeError } from "#contract/envelope";
import type { RequestOutput } from "#contract/requests";
import { hostClient } from "../../../state/console-store";
import { asBridgeError } from "../../../state/use-request";
import { useThrottled } from "../../../state/use-throttled";
import {
  newestSequence,
  noPages,
  oldestSequence,
  withArrived,
  withNewer,
  withOlder,
  type TimelinePages,
} from "./timeline-pages";

const pageSize = 100;
/** Shortest time between two looks at the newest end of a growing journal. */
const refreshMs = 250;
/** Pages read at most to catch up with what arrived; further ones wait for the next look. */
const catchUpPages = 20;

export interface Timeline {
  readonly pages: TimelinePages;
  readonly error: BridgeError | null;
  readonly showOlder: () => void;
  readonly showArrived: () => void;
  readonly askAgain: () => void;
}

/**
 * Entries of one journal: the newest page first, older ones when asked for, newer ones whenever `revision` (the number
 * of entries) changes. One question at a time; the caller gives a new `key` for another rollout or filter.
 */
export function useTimeline(
  rolloutId: string,
  notableOnly: boolean,
  revision: number,
  atTop: () => boolean,
): Timeline {
  const [pages, setPages] = useState(noPages);
  const [error, setError] = useState<BridgeError | null>(null);
  const asking = useRef(false);
  const grown = useRef(false);
  const latest = useRef({ pages, atTop });
  useLayoutEffect(() => {
    latest.current = { pages, atTop };
  });

  const keep = useCallback((next: TimelinePages): void => {
    latest.current = { ...latest.current, pages: next };
    setPages(next);
  }, []);

  const fetchPage = useCallback(
    (beforeSequence: number | null): Promise<RequestOutput<"rollout.timeline">> =>
      hostClient().request("rollout.timeline", { rolloutId, beforeSequence, limit: pageSize, notableOnly }),
    [rolloutId, notableOnly],
  );

  const lookForNewer = useCallback(async (): Promise<void> => {
    const known = newestSequence(latest.current.pages);
    const answer = await fetchPage(null);
    const entries = [...answer.entries];
    for (let page = 1; page < catchUpPages; page += 1) {
      const oldest = entries.at(-1);
      if (oldest === undefined || oldest.sequence <= known || entries.length < page * pageSize) break;
      entries.push(...(await fetchPage(oldest.sequence)).entries);
    }
    keep(withNewer(latest.current.pages, { total: answer.total, entries }, !latest.current.atTop()));
  }, [fetchPage, keep]);

  const look = useCallback(
    async (older: boolean): Promise<void> => {
      if (asking.current) {
        if (!older) grown.current = true;
        return;
      }
      asking.current = true;
      try {
        if (older || !latest.current.pages.known) {
          const before = oldestSequence(latest.current.pages);
          const answer = await fetchPage(before);
          keep(withOlder(latest.current.pages, answer, pageSize));
        } else grown.current = true;
        while (grown.current) {
          grown.current = false;
          await lookForNewer();
        }
        setError(null);
      } catch (failure) {
        setError(asBridgeError(failure));
      } finally {
        asking.current = false;
      }
    },
    [fetchPage, keep, lookForNewer],
  );

  const seen = useThrottled(revision, refreshMs);
  useEffect(() => void look(false), [look, seen]);

  return {
    pages,
    error,
    showOlder: useCallback(() => {
      const { pages: held } = latest.current;
      if (held.known && !held.complete) void look(true);
    }, [look]),
    showArrived: useCallback(() => keep(withArrived(latest.current.pages)), [keep]),
    askAgain: useCallback(() => void look(false), [look]),
  };
}
