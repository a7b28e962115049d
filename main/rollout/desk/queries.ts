import { BridgeError } from "#contract/envelope";
import type { RolloutSummary, RolloutView } from "#contract/rollout/view";
import { explainCell } from "#domain/rollout/explain";
import { mergeTrends } from "#domain/rollout/trends";
import { viewOf } from "#domain/rollout/view";
import type { RolloutDesk } from "../../host/ports";
import type { ReadInstant } from "../instant";
import type { RolloutJournal, RolloutStore } from "../journal/journal-types";
import type { OpenRollout } from "./ledger";

export interface QueriesOptions {
  readonly store: RolloutStore;
  /** Every rollout in one line, newest first. */
  readonly history: () => Promise<readonly RolloutSummary[]>;
  readonly now: ReadInstant;
  readonly open: () => OpenRollout | null;
  /** The open rollout as it is shown now. */
  readonly view: () => RolloutView | null;
}

/** What can be asked about any rollout of the workspace: of the open one, else of its journal on disk. */
export function createQueries({
  store,
  history,
  now,
  open,
  view,
}: QueriesOptions): Pick<RolloutDesk, "view" | "list" | "timeline" | "evidence" | "trends"> {
  /** The one that was looked at last: its pages are asked for one after the other. */
  let past: RolloutJournal | null = null;
  const isOpen = (rolloutId: string): boolean => open()?.journal.rolloutId === rolloutId;
  const journalOf = async (rolloutId: string): Promise<RolloutJournal> => {
    const opened = open();
    if (opened && isOpen(rolloutId)) return opened.journal;
    if (past?.rolloutId !== rolloutId) past = await store.read(rolloutId);
    return past;
  };

  return {
    async view({ rolloutId }) {
      const shown = isOpen(rolloutId) ? view() : null;
      if (shown) return shown;
      // Read anew: whoever opens a rollout wants to know whether its journal can be trusted now.
      past = null;
      const { state, path, entries, problem } = await journalOf(rolloutId);
      if (state === null)
        throw new BridgeError("unreadable", problem?.message ?? `${path} tells of no rollout.`);
      const journal = { path, entries, problem: problem?.message ?? "", record: problem?.record ?? null };
      return viewOf(state, { now: now(), nextCheckUnixMs: null, journal });
    },
    async list({ offset, limit }) {
      const rollouts = await history();
      return { total: rollouts.length, rollouts: rollouts.slice(offset, offset + limit) };
    },
    async timeline({ rolloutId, ...page }) {
      const { total, entries } = await (await journalOf(rolloutId)).timeline(page);
      return { total, entries: [...entries] };
    },
    async evidence({ rolloutId, check, rule, surface }) {
      const journal = await journalOf(rolloutId);
      const number = check ?? journal.state?.checks ?? 0;
      const found = number === 0 ? null : await journal.check(number);
      if (found === null)
        throw new BridgeError(
          "not_found",
          number === 0
            ? `No check of rollout ${rolloutId} has been taken yet.`
            : `Rollout ${rolloutId} has no check ${number}.`,
        );
      return explainCell(found.stateBefore, found.check, rule, surface);
    },
    async trends({ rolloutId, maximumPoints }) {
      const points = (await journalOf(rolloutId)).trends();
      return { checks: points.length, points: mergeTrends(points, maximumPoints) };
    },
  };
}
