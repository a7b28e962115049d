import { useEffect, useState } from "react";
import type { BridgeError } from "#contract/envelope";
import type { ProgressEntry, TosRunView } from "#contract/tos/progress";
import { hostClient, useConsole } from "../../../state/console-store";
import { withProgress } from "../../../state/tos-progress";
import { asBridgeError } from "../../../state/use-request";

/** Entries asked for at once; the most the host gives. */
const askedEntries = 5_000;

const none: readonly ProgressEntry[] = [];

/** What is known of one run. */
export interface RunProgress {
  readonly entries: readonly ProgressEntry[];
  /** The run as the host told it when it was asked; for runs that are no longer in the list. */
  readonly run: TosRunView | null;
  readonly error: BridgeError | null;
  /** The first answer is here. */
  readonly known: boolean;
}

/**
 * Fetches what a run reported before this window listened, and again after a connection was lost; what comes later is
 * announced. A run that is not asked for (`runId` null) has no entries.
 */
export function useRunProgress(runId: string | null): RunProgress {
  const connected = useConsole((state) => state.connection === "connected");
  const [answer, setAnswer] = useState<{
    readonly runId: string;
    readonly run: TosRunView | null;
    readonly error: BridgeError | null;
  } | null>(null);
  useEffect(() => {
    if (runId === null || !connected) return;
    let overtaken = false;
    // From its beginning, whatever is here already: what was announced may begin in the middle of the run.
    hostClient()
      .request("tos.progress", { runId, afterSequence: 0, limit: askedEntries })
      .then(
        ({ entries, run }) => {
          if (overtaken) return;
          useConsole.setState((state) => ({ tosProgress: withProgress(state.tosProgress, runId, entries) }));
          setAnswer({ runId, run, error: null });
        },
        (error: unknown) => {
          if (!overtaken) setAnswer({ runId, run: null, error: asBridgeError(error) });
        },
      );
    return () => {
      overtaken = true;
    };
  }, [runId, connected]);
  const entries = useConsole((state) => (runId === null ? undefined : state.tosProgress[runId]));
  const current = answer?.runId === runId ? answer : null;
  return {
    entries: entries ?? none,
    run: current?.run ?? null,
    error: current?.error ?? null,
    known: current !== null,
  };
}
