import type { RequestOutput } from "#contract/requests";
import { phaseLabels } from "#contract/rollout/vocabulary";
import { describeSpan } from "#domain/freshness";
import { table } from "./layout";
import { statusWords } from "./status-screen";

/** The rollouts of a workspace, newest first, one line each. */
export function historyTable({ total, rollouts }: RequestOutput<"rollout.list">): string {
  if (total === 0) return "No rollout yet.";
  return [
    ...table(
      [
        "Rollout",
        "Version",
        "Commit",
        "Profile",
        "Status",
        "Phase",
        "Percent",
        "Checks",
        "Triggers",
        "Waiting",
        "Soaking",
        "Held",
        "By",
      ],
      rollouts.map((row) => [
        row.rolloutId,
        row.candidate.version,
        row.candidate.commit.slice(0, 12),
        `${row.profileId}${row.rehearsal ? " REHEARSAL" : ""}`,
        row.problem === "" ? statusWords(row.status) : "journal broken",
        phaseLabels[row.phase],
        `${row.percent} %`,
        String(row.checks),
        row.triggers.join(" ") || "-",
        describeSpan(row.durations.waitingMs),
        describeSpan(row.durations.soakingMs),
        describeSpan(row.durations.heldMs),
        row.startedBy,
      ]),
    ),
    ...rollouts
      .filter(({ problem }) => problem !== "")
      .map(({ rolloutId, problem }) => `${rolloutId}: ${problem}`),
    `${rollouts.length} of ${total}`,
  ].join("\n");
}
