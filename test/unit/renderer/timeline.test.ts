import { describe, expect, it } from "vitest";
import { surfaceIds } from "#contract/identity";
import type { CheckRecord, RolloutEvent, RolloutEventType, TimelineEntry } from "#contract/rollout/journal";
import type { Finding } from "#contract/rollout/verdict";
import { ruleIds, type CellStatus } from "#contract/rollout/vocabulary";
import { builtInProfiles } from "#domain/rollout/built-in-profiles";
import {
  checkWords,
  holdingRules,
  soakWords,
  stripMarks,
} from "../../../renderer/src/features/rollout/timeline/check-words";
import { eventFacts } from "../../../renderer/src/features/rollout/timeline/event-facts";
import { eventWords } from "../../../renderer/src/features/rollout/timeline/event-words";
import {
  newestSequence,
  noPages,
  oldestSequence,
  withArrived,
  withNewer,
  withOlder,
} from "../../../renderer/src/features/rollout/timeline/timeline-pages";
import { timelineRows } from "../../../renderer/src/features/rollout/timeline/timeline-rows";
import { healthyObservation, instantAt, testCandidate } from "../../support/rollout/observation";

const minute = 60_000;
const interval = 5 * minute;
const by = { kind: "operator", name: "anna" } as const;
const at = instantAt(0);
const [profile] = builtInProfiles;
if (profile === undefined) throw new Error("No profile is built in.");

function finding(overrides: Partial<Finding> = {}): Finding {
  return {
    rule: "G7",
    surface: "memory",
    status: "failed",
    title: "Queue depth",
    expected: "queue_depth ≤ 1",
    observed: "queue_depth 3",
    remedy: "A cycle that leaves at most one case.",
    record: null,
    ...overrides,
  };
}

type CheckEvent = Extract<RolloutEvent, { type: "check-recorded" }>;

function check(number: number, overrides: Partial<CheckEvent> = {}): CheckEvent {
  const moment = instantAt(number * interval);
  return {
    type: "check-recorded",
    at: moment,
    check: number,
    trigger: "scheduled",
    observation: healthyObservation(moment),
    verdicts: ruleIds.map((rule) => ({ rule, statuses: ["passed"] as CellStatus[] })),
    findings: [],
    unhealthyChecks: {
      voice: 0,
      "browser-automation": 0,
      dashboard: 0,
      "custom-command": 0,
      memory: 0,
    },
    soak: { creditedMs: number * interval, addedMs: interval, outcome: "counted" },
    ...overrides,
  };
}

function entry(sequence: number, ...events: RolloutEvent[]): TimelineEntry {
  return {
    sequence,
    byteOffset: sequence * 100,
    hash: String(sequence),
    unixMs: events[0]?.at.unixMs ?? 0,
    events,
  };
}

/** One event of every type there is; the compiler asks for one that is added. */
const everyEvent: { readonly [Type in RolloutEventType]: Extract<RolloutEvent, { type: Type }> } = {
  "rollout-started": {
    type: "rollout-started",
    rolloutId: "r",
    candidate: testCandidate,
    profile,
    profileSource: "built in",
    at,
    by,
    reason: "train 47",
  },
  "session-opened": { type: "session-opened", at, repairedBytes: 118 },
  "check-recorded": check(1),
  "phase-entered": {
    type: "phase-entered",
    at,
    phase: "canary-1",
    percent: 5,
    baseline: { check: 2, surfaces: {} as never },
    freezeOverride: { window: "friday", reason: "hotfix" },
    effectId: "e-1",
    by,
    reason: "preflight is green",
  },
  "rollout-completed": { type: "rollout-completed", at, by, reason: "signed off" },
  paused: { type: "paused", at, by, reason: "database team" },
  resumed: { type: "resumed", at, by: { kind: "automatic", name: "Gatehouse" }, reason: "" },
  "trigger-fired": {
    type: "trigger-fired",
    at,
    trigger: "T2",
    primary: true,
    check: 7,
    findings: [finding({ rule: "T2", observed: "failure_streak 3" })],
  },
  blocked: { type: "blocked", at, trigger: "T5" },
  "rollback-opened": {
    type: "rollback-opened",
    at,
    trigger: "T2",
    phase: "canary-2",
    percent: 0,
    effectId: null,
    by,
    reason: "T2",
  },
  aborted: { type: "aborted", at, by, reason: "wrong build" },
  rebaselined: {
    type: "rebaselined",
    at,
    surface: "memory",
    check: 4,
    baseline: { counts: { retry_attempted: 2 }, logIdentity: "x", lines: 10 },
    by,
    reason: "log rotated",
  },
  "effect-attempted": { type: "effect-attempted", at, effectId: "e-1", attempt: 1 },
  "effect-done": { type: "effect-done", at, effectId: "e-1", attempt: 2, output: "routed" },
  "effect-failed": {
    type: "effect-failed",
    at,
    effectId: "e-1",
    attempt: 3,
    detail: "exit code 7",
    output: "no route",
    final: true,
  },
  "effect-retried": { type: "effect-retried", at, effectId: "e-1", by, reason: "balancer is back" },
  "clock-jumped": { type: "clock-jumped", at, byMs: -7_200_000 },
  "command-refused": {
    type: "command-refused",
    at,
    command: "promote",
    refusal: { code: "gates-hold", message: "G7 holds.", details: ["G7 Memory: queue_depth 3"] },
    by,
    reason: "going on",
  },
};

describe("events in words", () => {
  it("says of every type what happened", () => {
    const titles = Object.values(everyEvent).map((event) => eventWords(event).title);
    expect(titles).toEqual([
      "Rollout of 2.8.0 started with profile Cross-surface rollout contract",
      "Taken up by a console; 118 B of a torn entry cut off",
      "Check 1: every gate passed",
      "Canary 1 entered at 5 %, inside the freeze window friday: hotfix",
      "Rollout completed",
      "Paused",
      "Resumed",
      "T2 fired in check 7 and names the rollback: failure_streak 3",
      "Blocked by T5: the release is unfit, there is nothing to roll back",
      "Rollback opened in Canary 2, forced by T2; percent set to 0 %",
      "Aborted; the percent stays as declared",
      "New baseline for Memory from check 4",
      "Percent hook started, attempt 1",
      "Percent hook done in attempt 2",
      "Percent hook failed in attempt 3, no attempt left: exit code 7",
      "Percent hook to be run again",
      "Clock jumped back by 2 h 00 min; it neither counts nor restarts",
      "Refused: promote. G7 holds. (1 obstacle)",
    ]);
  });

  it("names who and why for everything that somebody decided", () => {
    for (const event of Object.values(everyEvent)) {
      const { by: who, note, reason } = eventWords(event);
      if ("by" in event && event.reason !== "") {
        expect([who, reason]).toEqual([event.by.name, event.reason]);
        expect(note).toBe(`by ${event.by.name}: ${event.reason}`);
      }
    }
    expect(eventWords(everyEvent.resumed)).toMatchObject({
      by: "Gatehouse",
      note: "by Gatehouse",
      reason: null,
    });
  });

  it("calls a promotion automatic only where a phase was entered", () => {
    const automatic = { kind: "automatic", name: "Gatehouse" } as const;
    expect(eventWords({ ...everyEvent["phase-entered"], by: automatic }).title).toContain(
      "by automatic promotion",
    );
    expect(eventWords(everyEvent["phase-entered"]).title).not.toContain("automatic");
    expect(eventWords({ ...everyEvent["rollback-opened"], by: automatic }).note).toMatch(/^by Gatehouse/);
  });

  it("lists facts of every type without an empty one", () => {
    for (const event of Object.values(everyEvent))
      for (const [term, value] of eventFacts(event)) expect([term, value]).not.toContain("");
    expect(eventFacts(everyEvent["phase-entered"])).toContainEqual(["Override", "hotfix"]);
    expect(eventFacts(everyEvent["command-refused"])).toContainEqual([
      "In the way",
      "G7 Memory: queue_depth 3",
    ]);
  });
});

describe("a check in words", () => {
  it("says what held, once per rule, and that a failure is graver than missing evidence", () => {
    const findings = [
      finding(),
      finding(),
      finding({ surface: "voice" }),
      finding({ rule: "G2", surface: null }),
    ];
    expect(holdingRules(findings)).toEqual(["G7 Memory, Voice", "G2"]);
    expect(holdingRules(surfaceIds.map((surface) => finding({ surface })))).toEqual(["G7 all"]);
    expect(checkWords(check(3, { findings, trigger: "promotion" }))).toMatchObject({
      tone: "failing",
      title: "Check 3 for a promotion: held by G7 Memory, Voice; G2",
    });
    expect(checkWords(check(3, { findings: [finding({ status: "stale" })] })).tone).toBe("degraded");
  });

  it("says for every outcome what became of the soak", () => {
    const outcomes = ["counted", "started", "held", "restarted", "none"] as const;
    const words = outcomes.map((outcome) =>
      soakWords({ creditedMs: 10 * minute, addedMs: interval, outcome }),
    );
    expect(words).toEqual([
      "5 min counted, 10 min in all",
      "time counts from here, 10 min so far",
      "nothing counts, 10 min kept",
      "soak restarted at 0",
      "",
    ]);
  });

  it("marks the gravest status of a rule, and what nothing demanded apart", () => {
    const statuses: CellStatus[] = ["passed", "stale", "failed", "passed", "passed"];
    const verdicts: CheckRecord["verdicts"] = [
      { rule: "G4", statuses: ["passed", "passed", "passed", "passed", "passed"] },
      { rule: "G7", statuses },
      { rule: "G13", statuses: ["no-samples", "passed", "passed", "passed", "passed"] },
    ];
    expect(stripMarks({ verdicts, findings: [finding()] })).toEqual([
      { rule: "G4", status: "passed" },
      { rule: "G7", status: "failed" },
      { rule: "G13", status: "other" },
    ]);
  });
});

describe("rows of the timeline", () => {
  /** Entries 1 to `count`, one check each, newest first. */
  const checks = (count: number): TimelineEntry[] =>
    Array.from({ length: count }, (_, index) => entry(count - index, check(count - index)));

  it("folds checks that only went on into one row, and unfolds them", () => {
    const [row, ...others] = timelineRows(checks(12), interval, new Set());
    expect(others).toEqual([]);
    expect(row).toMatchObject({
      kind: "stretch",
      fromUnixMs: instantAt(interval).unixMs,
      toUnixMs: instantAt(12 * interval).unixMs,
      addedMs: 12 * interval,
    });
    expect(timelineRows(checks(12), interval, new Set([5])).map(({ kind }) => kind)).toEqual(
      Array.from({ length: 12 }, () => "event"),
    );
    expect(timelineRows(checks(2), interval, new Set())).toHaveLength(2);
  });

  it("never folds a check that held, restarted, was by hand or came with a decision", () => {
    const told: TimelineEntry[] = [
      entry(4, check(4, { findings: [finding()] })),
      entry(3, check(3, { soak: { creditedMs: 0, addedMs: 0, outcome: "restarted" } })),
      entry(2, check(2, { trigger: "manual" })),
      entry(1, check(1), everyEvent["trigger-fired"]),
    ];
    const rows = timelineRows(told, interval, new Set());
    expect(rows.map((row) => row.kind)).toEqual(["event", "event", "event", "event", "event"]);
  });

  it("puts the newest event of an entry first and numbers the entry once", () => {
    const rows = timelineRows([entry(9, check(9), everyEvent["phase-entered"])], interval, new Set());
    expect(rows.map((row) => (row.kind === "event" ? [row.event.type, row.first] : row.kind))).toEqual([
      ["phase-entered", true],
      ["check-recorded", false],
    ]);
  });

  it("shows time in which nothing was journaled, and why, but not where entries are left out", () => {
    const opened: RolloutEvent = { type: "session-opened", at: instantAt(20 * interval), repairedBytes: 0 };
    const older = entry(1, check(1));
    const gap = { kind: "gap", fromUnixMs: older.unixMs, toUnixMs: opened.at.unixMs };
    expect(timelineRows([entry(2, opened), older], interval, new Set())[1]).toMatchObject({
      ...gap,
      reason: "downtime",
    });
    expect(timelineRows([entry(2, check(20)), older], interval, new Set())[1]).toMatchObject({
      ...gap,
      reason: "silence",
    });
    expect(timelineRows([entry(2, check(3)), older], interval, new Set())).toHaveLength(2);
    expect(timelineRows([entry(7, check(20)), older], interval, new Set())).toHaveLength(2);
  });
});

describe("pages of the timeline", () => {
  const page = (newest: number, oldest: number): { total: number; entries: TimelineEntry[] } => ({
    total: newest,
    entries: Array.from({ length: newest - oldest + 1 }, (_, index) =>
      entry(newest - index, check(newest - index)),
    ),
  });
  const sequences = (entries: readonly TimelineEntry[]): number[] => entries.map(({ sequence }) => sequence);

  it("goes on to older entries until there are no more", () => {
    const first = withOlder(noPages, page(5, 4), 2);
    expect([newestSequence(first), oldestSequence(first), first.complete]).toEqual([5, 4, false]);
    const all = withOlder(first, { total: 5, entries: page(3, 3).entries }, 2);
    expect([sequences(all.entries), all.complete]).toEqual([[5, 4, 3], true]);
  });

  it("adds what is new at the top, or keeps it aside while older ones are looked at", () => {
    const here = withOlder(noPages, page(3, 1), 100);
    expect(sequences(withNewer(here, page(5, 2), false).entries)).toEqual([5, 4, 3, 2, 1]);
    const aside = withNewer(withNewer(here, page(4, 2), true), page(6, 3), true);
    expect([sequences(aside.entries), sequences(aside.arrived)]).toEqual([
      [3, 2, 1],
      [6, 5, 4],
    ]);
    expect(newestSequence(aside)).toBe(6);
    expect(sequences(withArrived(aside).entries)).toEqual([6, 5, 4, 3, 2, 1]);
  });
});
