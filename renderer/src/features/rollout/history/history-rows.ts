import type { RolloutSummary } from "#contract/rollout/view";
import { phaseLabels } from "#contract/rollout/vocabulary";
import { totalMs } from "../../../state/durations";
import { standings, standingWords, summaryStanding } from "../../../state/rollout-standing";

/** What the history can be sorted by. */
export const sortKeys = [
  "status",
  "candidate",
  "profile",
  "started",
  "ended",
  "duration",
  "triggers",
] as const;
export type SortKey = (typeof sortKeys)[number];

export interface Sorting {
  readonly key: SortKey;
  readonly descending: boolean;
}

/** Newest first, as an operator expects it. */
export const newestFirst: Sorting = { key: "started", descending: true };

/** After a press on a column's title: the same column turns round, another one begins with what is asked for most. */
export function nextSorting(sorting: Sorting, key: SortKey): Sorting {
  if (sorting.key === key) return { key, descending: !sorting.descending };
  return {
    key,
    descending: key === "started" || key === "ended" || key === "duration" || key === "triggers",
  };
}

/** Everything of a rollout that the filter looks at, in lower case. */
function searchText(summary: RolloutSummary): string {
  return [
    summary.rolloutId,
    summary.candidate.version,
    summary.candidate.commit,
    summary.profileId,
    summary.rehearsal ? "rehearsal" : "",
    standingWords[summaryStanding(summary)],
    phaseLabels[summary.phase],
    summary.startedBy,
    ...summary.triggers,
    summary.problem,
  ]
    .join("\n")
    .toLowerCase();
}

/** The rollouts in which every word of the text occurs somewhere. */
export function filterRollouts(rollouts: readonly RolloutSummary[], text: string): readonly RolloutSummary[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return rollouts;
  return rollouts.filter((summary) => {
    const searched = searchText(summary);
    return words.every((word) => searched.includes(word));
  });
}

const naturally = new Intl.Collator("en", { numeric: true });

type Compare = (one: RolloutSummary, other: RolloutSummary) => number;

const comparisons: Readonly<Record<SortKey, Compare>> = {
  status: (one, other) => standings.indexOf(summaryStanding(one)) - standings.indexOf(summaryStanding(other)),
  candidate: (one, other) => naturally.compare(one.candidate.version, other.candidate.version),
  profile: (one, other) => naturally.compare(one.profileId, other.profileId),
  started: (one, other) => one.startedUnixMs - other.startedUnixMs,
  // One that runs has not ended: it comes after every end.
  ended: (one, other) =>
    (one.endedUnixMs ?? Number.MAX_SAFE_INTEGER) - (other.endedUnixMs ?? Number.MAX_SAFE_INTEGER),
  duration: (one, other) => totalMs(one.durations) - totalMs(other.durations),
  triggers: (one, other) => one.triggers.length - other.triggers.length,
};

/** The rollouts in order; equal ones stay newest first. */
export function sortRollouts(
  rollouts: readonly RolloutSummary[],
  { key, descending }: Sorting,
): readonly RolloutSummary[] {
  const compare = comparisons[key];
  return rollouts.toSorted(
    (one, other) =>
      (descending ? -1 : 1) * compare(one, other) ||
      other.startedUnixMs - one.startedUnixMs ||
      other.rolloutId.localeCompare(one.rolloutId),
  );
}
