import { describe, expect, test } from "vitest";
import type { CheckRecord } from "#contract/rollout/journal";
import type { Observation } from "#contract/rollout/observation";
import { cellExplanationSchema } from "#contract/rollout/verdict";
import { gateIds, ruleIds } from "#contract/rollout/vocabulary";
import { cellsOf } from "#domain/rollout/cells";
import { checklistItems, isValidEvidence } from "#domain/rollout/checklist";
import { evaluateCheck } from "#domain/rollout/evaluate";
import { explainCell } from "#domain/rollout/explain";
import { ruleTexts } from "#domain/rollout/rule-texts";
import type { RolloutState } from "#domain/rollout/state";
import { afterCheck, judgedState } from "../../support/rollout/judged-state";
import { healthyObservation, healthySample, instantAt, withSample } from "../../support/rollout/observation";

const at = instantAt(300_000);
const state = judgedState("canary-1");

function recordOfCheck(observation: Observation, judgedIn: RolloutState = state): CheckRecord {
  const { verdicts, findings } = evaluateCheck(judgedIn, observation);
  return {
    check: judgedIn.checks + 1,
    trigger: "scheduled",
    observation,
    verdicts: [...verdicts],
    findings: [...findings],
    soak: { creditedMs: 0, addedMs: 0, outcome: "held" },
  };
}

describe("a cell explained", () => {
  test("one that holds: its finding, its figures and its record", () => {
    const observation = withSample(healthyObservation(at), "voice", { queueDepth: 2 });
    const explained = explainCell(state, recordOfCheck(observation), "G7", "voice");
    expect(cellExplanationSchema.parse(explained)).toEqual(explained);
    expect(explained).toMatchObject({
      status: "failed",
      check: 2,
      expected: "queue_depth at most 1",
      observed: "queue_depth=2",
      record: healthySample("voice", at).record,
      source: "seed 003, canary-1; spec/tau/rollout.md §3 G7",
    });
    expect(explained.findings).toHaveLength(1);
  });
  test("one that passes has its figure and its record", () => {
    const explained = explainCell(state, recordOfCheck(healthyObservation(at)), "G5", "memory");
    expect(explained).toMatchObject({ status: "passed", observed: "failure_streak=0", findings: [] });
    expect(explained.record).toEqual(healthySample("memory", at).record);
  });
  test("one the phase does not demand is explained all the same", () => {
    const healthy = healthyObservation(at);
    const check = recordOfCheck({ ...healthy, ci: { ...healthy.ci, conclusion: "skipped" } });
    expect(check.findings).toEqual([]);
    const explained = explainCell(state, check, "G2", null);
    expect(explained.status).toBe("failed");
    expect(explained.findings.map(({ record }) => record)).toEqual([healthy.ci.record]);
  });
  test("what was recorded stays, also when the state has moved on", () => {
    const check = recordOfCheck(healthyObservation(at));
    const later = judgedState("canary-2", { phaseEnteredUnixMs: at.unixMs + 1, checks: 2 });
    expect(explainCell(later, check, "R-STALE", "voice")).toMatchObject({
      status: "passed",
      observed: "passed when check 2 was judged",
      findings: [],
    });
  });
  test("the check is not counted twice when the state has it already", () => {
    const degraded = withSample(healthyObservation(at), "browser-automation", { healthState: "degraded" });
    const check = recordOfCheck(degraded);
    const after = afterCheck(state, degraded);
    const [before, folded] = [state, after].map((one) =>
      explainCell(one, { ...check, findings: [] }, "G5", "browser-automation"),
    );
    expect(before?.observed).toContain("failure_streak=1");
    expect(folded).toEqual(before);
  });
  test("a cell that does not exist is no pass", () => {
    const check = recordOfCheck(healthyObservation(at));
    expect(explainCell(state, check, "G2", "voice").status).toBe("no-samples");
    expect(explainCell(state, check, "G4", null).status).toBe("no-samples");
  });
});

describe("the matrix", () => {
  test("every cell of every rule in its order, as the last check said", () => {
    expect(cellsOf(state)).toEqual([]);
    const observation = withSample(healthyObservation(at), "voice", { queueDepth: 2 });
    const cells = cellsOf({ ...afterCheck(state, observation), lastCheck: recordOfCheck(observation) });
    expect([...new Set(cells.map(({ rule }) => rule))]).toEqual([...ruleIds]);
    expect(cells.filter(({ rule }) => rule === "G7").map(({ status }) => status)).toEqual([
      "failed",
      "passed",
      "passed",
      "passed",
      "passed",
    ]);
    expect(cells.find(({ rule }) => rule === "G7")?.observed).toBe("2");
    expect(cells.filter(({ rule }) => rule === "G9")).toHaveLength(1);
  });
  test("each rule's scope is that of its verdict", () => {
    for (const { rule, statuses } of evaluateCheck(state, healthyObservation(at)).verdicts)
      expect(ruleTexts[rule].scope, rule).toBe(statuses.length === 5 ? "surface" : "release");
    for (const gate of gateIds)
      expect(ruleTexts[gate].source).toContain(gate === "G13" ? "§7" : `§3 ${gate}`);
  });
});

describe("sign-off evidence", () => {
  const item = (id: string) => {
    const found = checklistItems.find((one) => one.id === id);
    if (found === undefined) throw new Error(`no item ${id}`);
    return found;
  };
  test("sixteen items, each with a name of its own", () => {
    expect(checklistItems).toHaveLength(16);
    expect(new Set(checklistItems.map(({ id }) => id)).size).toBe(16);
  });
  test.each([
    ["https://ci.example/runs/812", true],
    ["http://ci.example/job/7/artifact?x=1", true],
    [".tau/live-run-unified/report.json", true],
    ["./artifacts/run-1/", true],
    ["report.json", true],
    ["TBD", false],
    ["tbd", false],
    ["", false],
    ["  ", false],
    ["see logs", false],
    ["see logs/output", false],
    ["https://ci.example", false],
    ["https://ci.example/", false],
    ["ftp://ci.example/runs/1", false],
    ["/etc/passwd", false],
    ["../outside/report.json", false],
    ["a/../../b.json", false],
  ])("%j: %s", (evidence, expected) => {
    expect(isValidEvidence(evidence, item("voice-verified"))).toBe(expected);
  });
  test("kinds that only some items accept", () => {
    const show =
      "release channel: path=x channel=stable source=store rollback_channel=stable rollback_version=2.7.4";
    expect(isValidEvidence(show, item("rollback-target-captured"))).toBe(true);
    expect(isValidEvidence(show, item("voice-verified"))).toBe(false);
    expect(isValidEvidence(show.replace("2.7.4", "none"), item("rollback-target-captured"))).toBe(false);
    const acknowledged = "docs/release-signoff.md read and accepted by nadia";
    expect(isValidEvidence(acknowledged, item("final-approval"))).toBe(true);
    expect(isValidEvidence(acknowledged, item("voice-verified"))).toBe(false);
  });
});
