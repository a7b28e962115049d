import type { RolloutJournal, RolloutStore, WritableJournal } from "../journal/journal-types";

/** The rollout a workspace works on, as it was found: to be continued, or only to be looked at. */
export interface LatestRollout {
  readonly journal: RolloutJournal;
  /** The same journal where entries can be added to it. */
  readonly writable: WritableJournal | null;
}

/**
 * Opens the newest rollout of a workspace, for appending where that is wanted and possible; null before the first, and
 * for one whose journal cannot even be looked at. `onProblem` is told what is in the way; it keeps no console from
 * opening.
 */
export async function openLatest(
  store: RolloutStore,
  toWrite: boolean,
  onProblem: (problem: string) => void,
): Promise<LatestRollout | null> {
  try {
    const id = await store.latestId();
    if (id === null) return null;
    const writable = toWrite ? await store.open(id).catch((error: Error) => error) : null;
    if (writable !== null && !(writable instanceof Error)) return { journal: writable, writable };
    if (writable instanceof Error) onProblem(writable.message);
    return { journal: await store.read(id), writable: null };
  } catch (error) {
    onProblem(error instanceof Error ? error.message : String(error));
    return null;
  }
}
