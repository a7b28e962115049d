import { describe, expect, it } from "vitest";
import type { RolloutView } from "#contract/rollout/view";
import { situationLine, standingOf } from "../../../renderer/src/state/rollout-standing";
import { windowTitle } from "../../../renderer/src/state/summary";

const finding = { rule: "G5", surface: "voice", observed: "failure_streak 2" };

/** The parts of a view that a line about it reads. */
function view(overrides: Record<string, unknown> = {}): RolloutView {
  return {
    status: "canary-1",
    phase: "canary-1",
    percent: 5,
    rehearsal: false,
    paused: null,
    ending: null,
    findings: [],
    triggers: [],
    actions: [{ action: "promote", allowed: false }],
    soak: { counting: true, remainingMs: 600_000 },
    nextDecision: "The next check decides.",
    journal: { problem: "" },
    ...overrides,
  } as unknown as RolloutView;
}

const operator = { by: { kind: "operator", name: "anna" }, reason: "database team" };

describe("how a rollout stands, in a word and a line", () => {
  it.each([
    ["soaking", "10 min of evidence still needed in Canary 1", {}],
    ["running", "The next check decides.", { soak: { counting: false, remainingMs: 0 } }],
    ["held", "G5 Voice: failure_streak 2", { findings: [finding] }],
    ["held", "G5 Voice: failure_streak 2 and 1 more", { findings: [finding, finding] }],
    ["held", "G2: no conclusion", { findings: [{ rule: "G2", surface: null, observed: "no conclusion" }] }],
    ["paused", "by anna: database team", { paused: operator, findings: [finding] }],
    ["ready", "The next check decides.", { actions: [{ action: "promote", allowed: true }], soak: {} }],
    ["aborted", "by anna: database team", { status: "aborted", ending: operator }],
    [
      "rolling-back",
      "T2 Streak breach fired in Canary 1",
      {
        status: "rolling_back",
        ending: operator,
        triggers: [
          { trigger: "T1", title: "Regression", state: "fired", primary: false },
          { trigger: "T2", title: "Streak breach", state: "fired", primary: true },
        ],
      },
    ],
    ["complete", "by anna: database team", { status: "complete", ending: operator }],
    [
      "untrusted",
      "Entry 12 does not follow.",
      { paused: operator, journal: { problem: "Entry 12 does not follow." } },
    ],
  ])("%s: %s", (standing, line, overrides) => {
    expect([standingOf(view(overrides)), situationLine(view(overrides))]).toEqual([standing, line]);
  });

  it("stands in the window's title, a rehearsal marked as one", () => {
    expect(windowTitle([], "Harbor", true, view({ rehearsal: true, findings: [finding] }), "")).toBe(
      "Canary 1 5 % held, rehearsal · Harbor · Gatehouse",
    );
    expect(windowTitle([], "Harbor", true, view({ status: "complete" }), "")).toBe(
      "complete · Harbor · Gatehouse",
    );
  });
});
