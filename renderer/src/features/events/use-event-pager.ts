import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import type { BridgeError } from "#contract/envelope";
import type { SurfaceId } from "#contract/identity";
import type { EventLogView } from "#contract/reading";
import type { EventFilter } from "#contract/requests";
import { hostClient } from "../../state/console-store";
import {
  atNewest,
  emptyPager,
  missingPage,
  withAnswer,
  type EventPager,
  type PageRequest,
} from "../../state/event-pager";
import { asBridgeError } from "../../state/use-request";
import { useThrottled } from "../../state/use-throttled";

const pageSize = 200;
const newestPage: PageRequest = { offset: 0, limit: pageSize };
/** Shortest time between two looks at the newest end of a growing log. */
const refreshMs = 250;

export interface EventPages {
  readonly pager: EventPager;
  readonly error: BridgeError | null;
  /** False until the first answer. */
  readonly known: boolean;
  /** Asks for what is missing among these positions of the list. */
  readonly show: (firstIndex: number, lastIndex: number) => void;
  /** Shows the newest row first again. */
  readonly toNewest: () => void;
}

/**
 * Pages of an event log under one filter: the newest end is looked at whenever the log grows, other pages when they are
 * scrolled to. One question at a time; the caller gives this component a new `key` for a new filter.
 */
export function useEventPager(
  surface: SurfaceId,
  log: EventLogView,
  filter: EventFilter,
  following: boolean,
): EventPages {
  const [pager, setPager] = useState(emptyPager);
  const [error, setError] = useState<BridgeError | null>(null);
  const asking = useRef(false);
  /** The log grew while a question was under way: its newest end must be looked at again. */
  const grown = useRef(false);
  const shown = useRef({ first: 0, last: 0 });
  const latest = useRef({ pager, following, filter });
  useLayoutEffect(() => {
    latest.current = { pager, following, filter };
  });

  const ask = useCallback(
    async (page: PageRequest): Promise<void> => {
      if (asking.current) return;
      const look = async ({ limit, offset }: PageRequest): Promise<void> => {
        try {
          const input = { surface, filter: latest.current.filter, offset, limit };
          const answer = await hostClient().request("surface.events", input);
          setPager((last) => withAnswer(last, offset, answer, latest.current.following));
          setError(null);
        } catch (failure) {
          setError(asBridgeError(failure));
        }
      };
      asking.current = true;
      await look(page);
      while (grown.current) {
        grown.current = false;
        await look(newestPage);
      }
      asking.current = false;
    },
    [surface],
  );

  const revision = useThrottled(`${log.generation}:${log.lines}`, refreshMs);
  useEffect(() => {
    if (asking.current) grown.current = true;
    else void ask(newestPage);
  }, [ask, revision]);

  const show = useCallback(
    (firstIndex: number, lastIndex: number): void => {
      shown.current = { first: firstIndex, last: lastIndex };
      const page = missingPage(latest.current.pager, firstIndex, lastIndex, pageSize);
      if (page !== null) void ask(page);
    },
    [ask],
  );

  // An answer may have left a hole on screen (it moved, or several pages were scrolled past): ask for it.
  useEffect(() => {
    if (error === null) show(shown.current.first, shown.current.last);
  }, [pager, error, show]);

  const toNewest = useCallback(() => setPager(atNewest), []);
  return { pager, error, known: pager.generation !== -1, show, toNewest };
}
