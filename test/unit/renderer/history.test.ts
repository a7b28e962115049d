import { describe, expect, it } from "vitest";
import type { RolloutSummary } from "#contract/rollout/view";
import { rolloutStatuses, type RolloutStatus } from "#contract/rollout/vocabulary";
import {
  filterRollouts,
  newestFirst,
  nextSorting,
  sortKeys,
  sortRollouts,
} from "../../../renderer/src/features/rollout/history/history-rows";
import { shares, totalMs } from "../../../renderer/src/state/durations";
import { isPhase, summaryStanding } from "../../../renderer/src/state/rollout-standing";

const durations = (waitingMs: number, soakingMs: number, heldMs: number): RolloutSummary["durations"] => ({
  waitingMs,
  soakingMs,
  heldMs,
});

function summary(rolloutId: string, overrides: Partial<RolloutSummary> = {}): RolloutSummary {
  return {
    rolloutId,
    candidate: { version: "1.4.0", commit: "9f8d111d0c2b", createdUnixMs: 0 },
    profileId: "default",
    rehearsal: false,
    status: "complete",
    phase: "general-availability",
    percent: 100,
    startedUnixMs: 0,
    startedBy: "anna",
    endedUnixMs: 100,
    checks: 3,
    triggers: [],
    durations: durations(1, 2, 3),
    problem: "",
    ...overrides,
  };
}

const rollouts = [
  summary("a", { startedUnixMs: 30, candidate: { version: "1.10.0", commit: "aaaaaaa", createdUnixMs: 0 } }),
  summary("b", {
    startedUnixMs: 20,
    endedUnixMs: null,
    status: "canary-2",
    phase: "canary-2",
    rehearsal: true,
    profileId: "rehearsal",
    durations: durations(0, 50, 0),
  }),
  summary("c", {
    startedUnixMs: 10,
    endedUnixMs: 90,
    status: "rolling_back",
    phase: "canary-1",
    triggers: ["T2", "T1"],
    startedBy: "boris",
  }),
];
const ids = (rows: readonly RolloutSummary[]): string => rows.map(({ rolloutId }) => rolloutId).join("");

describe("filter of the history", () => {
  it.each([
    ["", "abc"],
    ["1.10", "a"],
    ["rehearsal", "b"],
    ["t2", "c"],
    ["BORIS rolling", "c"],
    ["running", "b"],
    ["canary", "bc"],
    ["anna boris", ""],
    ["aaaaaaa", "a"],
  ])("%j leaves %j", (text, expected) => {
    expect(ids(filterRollouts(rollouts, text))).toBe(expected);
  });
});

describe("order of the history", () => {
  it.each([
    ["started", true, "abc"],
    ["started", false, "cba"],
    ["candidate", true, "abc"],
    ["candidate", false, "bca"],
    ["ended", true, "bac"],
    ["duration", true, "bac"],
    ["triggers", true, "cab"],
    ["status", false, "cba"],
    ["profile", false, "acb"],
  ] as const)("by %s, descending %s: %s", (key, descending, expected) => {
    expect(ids(sortRollouts(rollouts, { key, descending }))).toBe(expected);
  });

  it("turns round on the same column and begins another with what is asked for most", () => {
    expect(nextSorting(newestFirst, "started")).toEqual({ key: "started", descending: false });
    const begun = sortKeys
      .filter((key) => key !== "started")
      .map((key) => [key, nextSorting(newestFirst, key).descending]);
    expect(Object.fromEntries(begun)).toEqual({
      status: false,
      candidate: false,
      profile: false,
      ended: true,
      duration: true,
      triggers: true,
    });
  });
});

describe("what a row says", () => {
  it("has a standing of its own for every end, one for what runs, and a broken journal wins", () => {
    const standing = (status: RolloutStatus): string => summaryStanding({ status, problem: "" });
    const ends = rolloutStatuses.filter((status) => !isPhase(status)).map(standing);
    expect(new Set(ends).size).toBe(ends.length);
    expect(new Set(rolloutStatuses.filter(isPhase).map(standing))).toEqual(new Set(["running"]));
    expect(summaryStanding({ status: "complete", problem: "chain" })).toBe("untrusted");
  });

  it("splits the time into shares that add up", () => {
    expect(shares(durations(1, 2, 1))).toEqual({ waitingMs: 25, soakingMs: 50, heldMs: 25 });
    expect(shares(durations(0, 0, 0))).toEqual({ waitingMs: 0, soakingMs: 0, heldMs: 0 });
    expect(totalMs(durations(1, 2, 3))).toBe(6);
  });
});
