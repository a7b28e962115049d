import { create } from "zustand";
import type { Client } from "#contract/client";
import { surfaceIds, type SurfaceId } from "#contract/identity";
import { useConsole } from "./console-store";
import { advanced, noRecentCycles, stripLength, withRows, type RecentCycles } from "./recent-cycles";

/** Shortest time between two questions for rows of one surface. */
const pauseMs = 500;

const useStrips = create<Partial<Record<SurfaceId, RecentCycles>>>(() => ({}));

/** The newest cycles of a surface, oldest first; empty until they are known. */
export function useRecentCycles(surface: SurfaceId): RecentCycles {
  return useStrips((strips) => strips[surface] ?? noRecentCycles);
}

/**
 * Keeps the strips of recent cycles up with the logs. One more valid line is taken from the announced view itself;
 * anything else is fetched, at most twice a second per surface. Rows that cannot be fetched leave a strip as it was: the
 * log's own freshness says why. Returns the way to stop.
 */
export function followRecentCycles(client: Client): () => void {
  const waiting = new Set<SurfaceId>();
  const timers = new Set<ReturnType<typeof setTimeout>>();

  const follow = (surface: SurfaceId): void => {
    const log = useConsole.getState().surfaces[surface]?.reading.log;
    if (log === undefined) return;
    const recent = useStrips.getState()[surface] ?? noRecentCycles;
    const next = advanced(recent, log);
    if (next !== null) {
      if (next !== recent) useStrips.setState({ [surface]: next });
      return;
    }
    if (log.lines === 0) {
      useStrips.setState({ [surface]: { generation: log.generation, ticks: [] } });
      return;
    }
    if (!waiting.has(surface)) void fetchRows(surface);
  };

  const fetchRows = async (surface: SurfaceId): Promise<void> => {
    waiting.add(surface);
    try {
      const answer = await client.request("surface.events", { surface, offset: 0, limit: stripLength });
      const recent = useStrips.getState()[surface] ?? noRecentCycles;
      useStrips.setState({ [surface]: withRows(recent, answer.generation, answer.rows) });
    } catch {
      // The strip holds; the log's freshness tells what is wrong.
    }
    const timer = setTimeout(() => {
      timers.delete(timer);
      waiting.delete(surface);
      if (useConsole.getState().connection === "connected") follow(surface);
    }, pauseMs);
    timers.add(timer);
  };

  const unsubscribe = useConsole.subscribe((state, before) => {
    for (const surface of surfaceIds)
      if (state.surfaces[surface]?.reading.log !== before.surfaces[surface]?.reading.log) follow(surface);
  });
  return () => {
    unsubscribe();
    for (const timer of timers) clearTimeout(timer);
  };
}
