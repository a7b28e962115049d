import { BridgeError } from "#contract/envelope";
import type { RolloutView } from "#contract/rollout/view";
import { explainCell } from "#domain/rollout/explain";
import { replay } from "#domain/rollout/evolve";
import { mergeTrends } from "#domain/rollout/trends";
import { viewOf } from "#domain/rollout/view";
import type { RolloutDesk } from "../../host/ports";
import type { ReadInstant } from "../instant";
import { evidenceOf, timelinePage } from "./archive";
import { CheckMemory } from "./check-memory";
import type { JournalReading, Journals } from "./journal-access";
import type { OpenRollout } from "./ledger";

export interface QueriesOptions {
  readonly journals: Journals;
  readonly now: ReadInstant;
  readonly memory: CheckMemory;
  readonly open: () => OpenRollout | null;
  /** The open rollout as it is shown now. */
  readonly view: () => RolloutView | null;
  /** Why the open rollout's journal cannot be trusted or written; empty when it can. */
  readonly problem: () => string;
}

/** What can be asked about any rollout of the workspace: from memory where it is the open one, else from its journal. */
export function createQueries(
  options: QueriesOptions,
): Pick<RolloutDesk, "view" | "list" | "timeline" | "evidence" | "trends"> {
  const { journals, memory, now } = options;
  const isOpen = (rolloutId: string): boolean => options.open()?.state.rolloutId === rolloutId;
  const read = async (rolloutId: string): Promise<JournalReading> => {
    const reading = await journals.read(rolloutId);
    if (reading) return reading;
    throw new BridgeError("not_found", `There is no rollout ${rolloutId} in this workspace.`);
  };
  const eventsOf = async (rolloutId: string) =>
    (await read(rolloutId)).entries.flatMap(({ events }) => events);

  return {
    async view({ rolloutId }) {
      const open = isOpen(rolloutId) ? options.view() : null;
      if (open) return open;
      const { path, entries, problem, record } = await read(rolloutId);
      const state = replay(entries.flatMap(({ events }) => events));
      if (state === null) throw new BridgeError("unreadable", `${path}: ${problem}`);
      const journal = { path, entries: entries.length, problem, record };
      return viewOf(state, { now: now(), nextCheckUnixMs: null, journal });
    },
    list: (input) => journals.list(input, options.open()?.state ?? null, options.problem()),
    async timeline({ rolloutId, ...page }) {
      return timelinePage((await read(rolloutId)).entries, page);
    },
    async evidence(input) {
      const newest = isOpen(input.rolloutId) ? memory.newest : null;
      if (newest && (input.check === null || input.check === newest.check.check))
        return explainCell(newest.state, newest.check, input.rule, input.surface);
      return evidenceOf(await eventsOf(input.rolloutId), input);
    },
    async trends({ rolloutId, maximumPoints }) {
      const checks = isOpen(rolloutId) ? memory : new CheckMemory();
      if (checks !== memory) checks.follow(null, await eventsOf(rolloutId));
      return { checks: checks.points.length, points: mergeTrends(checks.points, maximumPoints) };
    },
  };
}
