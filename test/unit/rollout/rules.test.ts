import { describe, expect, test } from "vitest";
import type { SurfaceId } from "#contract/identity";
import type { Observation, Occurrence, SurfaceSample } from "#contract/rollout/observation";
import type { PhaseId, RuleId } from "#contract/rollout/vocabulary";
import { baselineOf, isReset, newOccurrences, surfaceBaselineOf } from "#domain/rollout/baseline";
import { evaluateCheck } from "#domain/rollout/evaluate";
import { recordedStatus } from "#domain/rollout/recorded-status";
import type { Effect, RolloutState } from "#domain/rollout/state";
import { watchedCodes } from "#domain/rollout/watched-codes";
import { afterCheck, defaultProfile, firing, holding, judgedState } from "../../support/rollout/judged-state";
import {
  healthyObservation,
  healthySample,
  instantAt,
  passingHarness,
  recordOf,
  sampleLogPath,
  startUnixMs,
  testCandidate,
  withSample,
} from "../../support/rollout/observation";

const at = instantAt(300_000);
const healthy = healthyObservation(at);
const inPhase = (
  phase: PhaseId,
  gates: readonly RuleId[],
  change: Partial<RolloutState> = {},
): RolloutState =>
  judgedState(phase, {
    profile: {
      ...defaultProfile,
      phases: defaultProfile.phases.map((one) =>
        one.id === phase ? { ...one, gates: gates.filter((rule) => !rule.startsWith("R")) as never } : one,
      ),
    },
    ...change,
  });
const canary = judgedState("canary-3");
const held = (observation: Observation, state: RolloutState = canary): string[] =>
  holding(evaluateCheck(state, observation));
const statusOf = (rule: RuleId, surface: SurfaceId | null, observation: Observation, state = canary) =>
  recordedStatus({ verdicts: [...evaluateCheck(state, observation).verdicts] }, rule, surface);
const voice = (change: Partial<SurfaceSample>): Observation => withSample(healthy, "voice", change);
const browser = (change: Partial<SurfaceSample>): Observation =>
  withSample(healthy, "browser-automation", change);
const voiceLog = healthySample("voice", at).log;
const log = (change: Partial<NonNullable<SurfaceSample["log"]>>): SurfaceSample["log"] =>
  voiceLog && { ...voiceLog, ...change };
const line = (code: string, number: number): Occurrence => ({
  code,
  record: recordOf(sampleLogPath("voice"), { reason_codes: [code] }, number, number * 100),
});

describe("everything healthy", () => {
  test.each(defaultProfile.phases)("every demanded rule of $id passes", ({ id }) => {
    const { allPass, findings, triggers, restartsSoak, verdicts } = evaluateCheck(judgedState(id), healthy);
    expect({ allPass, findings, triggers, restartsSoak }).toEqual({
      allPass: true,
      findings: [],
      triggers: [],
      restartsSoak: false,
    });
    expect(verdicts).toHaveLength(17);
  });
});

describe("figures at their bounds", () => {
  test.each([
    ["G7", { queueDepth: 1 }, "passed"],
    ["G7", { queueDepth: 2 }, "failed"],
    ["G6", { lastCycleFailed: 1 }, "failed"],
    ["G5", { failureStreak: 1 }, "failed"],
    ["G4", { healthState: "failing" }, "failed"],
    ["R-STALE", { updatedUnixMs: startUnixMs }, "passed"],
    ["R-STALE", { updatedUnixMs: startUnixMs - 1 }, "stale"],
    ["R-STALE", { updatedUnixMs: at.unixMs + 60_000 }, "passed"],
    ["R-STALE", { updatedUnixMs: at.unixMs + 60_001 }, "stale"],
    ["R-STALE", { updatedUnixMs: null }, "stale"],
  ] as const)("%s with %o is %s", (rule, change, expected) => {
    expect(statusOf(rule, "voice", voice(change))).toBe(expected);
    expect(statusOf(rule, "memory", voice(change))).toBe("passed");
  });

  test.each([
    [900_000, "passed"],
    [900_001, "stale"],
  ])("a sample %i ms old is %s", (age, expected) => {
    const state = judgedState("canary-1", { phaseEnteredUnixMs: at.unixMs - 3_600_000 });
    expect(statusOf("R-STALE", "voice", voice({ updatedUnixMs: at.unixMs - age }), state)).toBe(expected);
  });

  test("a sample that does not say when it was written says so", () => {
    const { findings } = evaluateCheck(canary, voice({ updatedUnixMs: null }));
    expect(findings[0]?.observed).toBe(".tau/voice/state.json does not say when it was written");
  });

  test("a sample of a time no calendar knows is stale, and told as it is", () => {
    const { findings } = evaluateCheck(canary, voice({ updatedUnixMs: Number.MAX_SAFE_INTEGER }));
    expect(findings[0]).toMatchObject({ rule: "G4", status: "stale" });
    expect(findings[0]?.observed).toContain("9007199254740991 ms after 1970");
  });

  test("the browser's streak is its unhealthy checks in a row, and 0 when it is healthy", () => {
    const twice = judgedState("canary-1", {
      unhealthyChecks: { ...canary.unhealthyChecks, "browser-automation": 2 },
    });
    const { findings, triggers } = evaluateCheck(twice, browser({ healthState: "degraded" }));
    expect(findings.find(({ rule }) => rule === "G5")?.observed).toContain("failure_streak=3");
    expect(triggers.map(({ trigger }) => trigger)).toEqual(["T2", "T1"]);
    expect(held(healthy, twice)).toEqual([]);
  });
});

describe("no evidence is never a pass", () => {
  const figures = ["G4", "G5", "G6", "G7"];
  test.each(["missing", "unreadable"] as const)("a state file that is %s counts as failing", (status) => {
    const observation = voice({ status, healthState: "failing", updatedUnixMs: null, record: null });
    const evaluation = evaluateCheck(canary, observation);
    expect(holding(evaluation)).toEqual([...figures, "R-STALE"].map((rule) => `${rule} voice ${status}`));
    expect(evaluation.restartsSoak).toBe(true);
    expect(evaluation.unhealthyChecks.voice).toBe(1);
    expect(evaluation.findings[0]?.record).toEqual({
      path: ".tau/voice/state.json",
      line: null,
      byteOffset: null,
      text: "",
    });
  });

  test("a stale sample holds without restarting, whatever it says", () => {
    const evaluation = evaluateCheck(
      canary,
      voice({ updatedUnixMs: startUnixMs - 1, queueDepth: 9, healthState: "degraded" }),
    );
    expect(holding(evaluation)).toEqual([...figures, "R-STALE"].map((rule) => `${rule} voice stale`));
    expect(evaluation.restartsSoak).toBe(false);
  });

  test("a log without a cycle holds without restarting", () => {
    const evaluation = evaluateCheck(
      judgedState("canary-3", { baselines: { canary1: null, canary3: null, phase: null } }),
      voice({ cycles: 0, log: log({ lines: 0, identity: "" }) }),
    );
    expect(holding(evaluation).filter((held) => held.includes("voice"))).toEqual(
      [...figures, "G8", "G11"].map((rule) => `${rule} voice no-samples`),
    );
    expect(evaluation.restartsSoak).toBe(false);
  });

  test("figures that are against count also where no cycle was logged; both are told", () => {
    const observation = voice({ cycles: 0, queueDepth: 9 });
    const evaluation = evaluateCheck(canary, observation);
    expect(statusOf("G7", "voice", observation)).toBe("failed");
    expect(holding(evaluation)).toEqual(expect.arrayContaining(["G7 voice failed", "G7 voice no-samples"]));
    expect(evaluation.restartsSoak).toBe(true);
  });

  test("a log that is gone, or cannot be read, holds without restarting", () => {
    const gone = evaluateCheck(canary, voice({ log: null }));
    expect(holding(gone)).toEqual(["G8 voice missing", "G11 voice missing", "R-BASELINE voice missing"]);
    expect(gone.restartsSoak).toBe(false);
    const unreadable = evaluateCheck(canary, voice({ log: log({ problem: "not permitted", lines: 0 }) }));
    expect(holding(unreadable)).toEqual([
      "G8 voice unreadable",
      "G11 voice unreadable",
      "R-BASELINE voice unreadable",
    ]);
    expect(unreadable.findings[0]?.observed).toBe("not permitted");
  });

  test("a browser summary with no step, or without a timeline", () => {
    expect(held(browser({ timeline: [] }))).toEqual(["G9 no-samples"]);
    expect(firing(evaluateCheck(canary, browser({ timeline: [] })))).toEqual([]);
    expect(held(browser({ timeline: null }))).toEqual(["G9 missing"]);
    expect(firing(evaluateCheck(canary, browser({ timeline: null })))).toEqual(["T4"]);
  });

  test.each(["missing", "unreadable"] as const)("files of preflight that are %s", (status) => {
    const { harness, ci, releaseChannel, checklist } = healthy;
    const observation = {
      ...healthy,
      harness: { ...harness, status, reportRecord: null },
      ci: { ...ci, status, record: null },
      releaseChannel: { ...releaseChannel, status, record: null },
      checklist: { ...checklist, status, items: [] },
    };
    expect(held(observation, judgedState("preflight"))).toEqual([
      `G1 ${status}`,
      `G2 ${status}`,
      `G3 ${status}`,
    ]);
    const last = evaluateCheck(judgedState("general-availability"), observation);
    expect(holding(last)).toEqual([`G12 ${status}`]);
    expect(last.restartsSoak).toBe(false);
  });
});

describe("the harness", () => {
  const preflight = judgedState("preflight");
  const run = (change: Parameters<typeof passingHarness>[0]): Observation => ({
    ...healthy,
    harness: passingHarness(change),
  });
  const commands = passingHarness().commands;
  test.each([
    ["begun at the candidate's making", { startedUnixMs: testCandidate.createdUnixMs }, []],
    ["begun before it", { startedUnixMs: testCandidate.createdUnixMs - 1 }, ["G1 stale"]],
    ["of unknown age", { startedUnixMs: null }, ["G1 stale"]],
    ["of one surface too many", { surfaceIds: [...passingHarness().surfaceIds, "gateway"] }, ["G1 failed"]],
    ["without a manifest", { manifestProblem: "does not exist", manifestRecord: null }, ["G1 missing"]],
    [
      "of other five surfaces",
      { surfaceIds: ["voice", "browser", "dashboard", "memory", "gateway"] },
      ["G1 failed"],
    ],
    [
      "with a build",
      { commands: commands.map((one) => ({ ...one, command: ["a", "--timeout-seconds", "180"] })) },
      ["G1 failed"],
    ],
    [
      "with another limit",
      { commands: commands.map((one) => ({ ...one, command: ["--skip-build", "--timeout-seconds", "18"] })) },
      ["G1 failed"],
    ],
    ["with a command missing", { commands: commands.slice(1) }, ["G1 failed"]],
  ] as const)("%s", (_, change, expected) => {
    expect(held(run(change as Parameters<typeof passingHarness>[0]), preflight)).toEqual(expected);
  });

  test.each([
    ["status", { status: "failed" }],
    ["total_surfaces", { total_surfaces: 6 }],
    ["passed_surfaces", { passed_surfaces: 4 }],
    ["failed_surfaces", { failed_surfaces: 1 }],
  ])("a run whose %s is not as it must be", (_, change) => {
    const overall = {
      status: "passed",
      total_surfaces: 5,
      passed_surfaces: 5,
      failed_surfaces: 0,
      ...change,
    };
    expect(held(run({ overall }), preflight)).toEqual(["G1 failed"]);
  });

  test("a failed run fires T5 in every phase, unless it is older than the candidate", () => {
    const overall = { status: "failed", total_surfaces: 2, passed_surfaces: 1, failed_surfaces: 1 };
    expect(firing(evaluateCheck(preflight, run({ overall })))).toEqual(["T5"]);
    expect(firing(evaluateCheck(judgedState("general-availability"), run({ overall })))).toEqual(["T5"]);
    const startedUnixMs = testCandidate.createdUnixMs - 1;
    expect(firing(evaluateCheck(preflight, run({ overall, startedUnixMs })))).toEqual([]);
  });
});

describe("the checklist", () => {
  const availability = judgedState("general-availability");
  const { items } = healthy.checklist;
  const [first, ...others] = items;
  if (first === undefined) throw new Error("the checklist has no item");
  const listed = (...changed: readonly (typeof first)[]): Observation => ({
    ...healthy,
    checklist: { ...healthy.checklist, items: [...changed, ...others] },
  });
  const link = "https://ci.example/runs/812";
  test.each([
    ["checked with a link", [{ ...first, evidence: [link] }], []],
    ["not checked", [{ ...first, checked: false }], ["G12 failed"]],
    ["checked without evidence", [{ ...first, evidence: [] }], ["G12 failed"]],
    ["checked with a link and a placeholder", [{ ...first, evidence: [link, "TBD"] }], ["G12 failed"]],
    ["not there", [], ["G12 missing"]],
    ["there twice, once not checked", [first, { ...first, checked: false }], ["G12 failed"]],
  ])("an item %s", (_, changed, expected) => {
    const evaluation = evaluateCheck(availability, listed(...changed));
    expect(holding(evaluation)).toEqual(expected);
    expect(evaluation.restartsSoak).toBe(false);
  });
  test("it cites the very item", () => {
    const { findings } = evaluateCheck(availability, listed({ ...first, checked: false }));
    expect(findings.map(({ record, observed }) => [record, observed])).toEqual([
      [first.record, "not checked"],
    ]);
  });
});

describe("CI, rollback target, pause and hook", () => {
  const ci = (commit: string, conclusion = "success"): Observation => ({
    ...healthy,
    ci: { ...healthy.ci, commit, conclusion },
  });
  const preflight = judgedState("preflight");
  test.each([
    [testCandidate.commit.slice(0, 7), []],
    [testCandidate.commit.slice(0, 7).toUpperCase(), []],
    [`${testCandidate.commit}00`, []],
    [testCandidate.commit.slice(0, 6), ["G2 stale"]],
    ["0000000", ["G2 stale"]],
  ])("a conclusion for commit %s", (commit, expected) => {
    expect(held(ci(commit), preflight)).toEqual(expected);
    expect(firing(evaluateCheck(preflight, ci(commit, "failure")))).toEqual(
      expected.length === 0 ? ["T5"] : [],
    );
  });
  test.each([
    ["v2.7.4", []],
    ["1", []],
    ["0.1.0-rc.1", []],
    ["none", ["G3 failed"]],
    ["", ["G3 failed"]],
    ["latest", ["G3 failed"]],
    ["1..2", ["G3 failed"]],
    ["1.0.0+build", ["G3 failed"]],
    ["18446744073709551615", []],
    ["18446744073709551616", ["G3 failed"]],
  ])("rollback_version=%s", (rollbackVersion, expected) => {
    const observation = { ...healthy, releaseChannel: { ...healthy.releaseChannel, rollbackVersion } };
    expect(held(observation, preflight)).toEqual(expected);
  });
  test.each(["preflight", "canary-1", "general-availability"] as const)("a pause in %s", (phase) => {
    const control = { ...healthy.control, mode: "paused" as const };
    const paused = evaluateCheck(judgedState(phase), { ...healthy, control });
    expect(holding(paused)).toEqual(["R-PAUSE failed"]);
    expect(paused.restartsSoak).toBe(false);
    expect(held({ ...healthy, control: { ...control, status: "unreadable" } })).toEqual([
      "R-PAUSE unreadable",
    ]);
    expect(held({ ...healthy, control: { ...healthy.control, status: "missing" } })).toEqual([]);
  });
  test("a percent that is not given yet holds; only the newest counts", () => {
    const effect = (effectId: string, state: Effect["state"], attempt: number): Effect => ({
      effectId,
      purpose: "canary-1",
      percent: 5,
      state,
      attempt,
      detail: "",
      output: "",
      changedUnixMs: startUnixMs,
    });
    const hooked = (...effects: readonly Effect[]) => held(healthy, judgedState("canary-1", { effects }));
    expect(hooked(effect("a", "intended", 0))).toEqual(["R-HOOK missing"]);
    expect(hooked(effect("a", "attempted", 1))).toEqual(["R-HOOK missing"]);
    expect(hooked(effect("a", "failed", 3))).toEqual(["R-HOOK failed"]);
    expect(hooked(effect("a", "failed", 3), effect("b", "done", 1))).toEqual([]);
    expect(hooked(effect("a", "done", 1), effect("b", "intended", 0))).toEqual(["R-HOOK missing"]);
  });
});

describe("codes since a baseline", () => {
  const grown = (code: string, lines: readonly number[]): Partial<SurfaceSample> => ({
    counts: { [code]: lines.length },
    log: log({ lines: 12 + lines.length }),
    occurrences: lines.map((number) => line(code, number)),
  });
  test("one finding for each new line, newest first, and none for a line before the baseline", () => {
    const observation = voice({
      ...grown("malformed_inputs_observed", [15, 14]),
      occurrences: [
        line("malformed_inputs_observed", 15),
        line("malformed_inputs_observed", 14),
        line("malformed_inputs_observed", 12),
      ],
    });
    const { findings } = evaluateCheck(canary, observation);
    expect(findings.map(({ rule, record }) => [rule, record?.line])).toEqual([
      ["G8", 15],
      ["G8", 14],
    ]);
  });
  test("errors count from canary-1 entry, retries from canary-3 entry, whatever the present phase is", () => {
    const early = healthyObservation(instantAt(0));
    const late = withSample(early, "voice", grown("malformed_inputs_observed", [13]));
    const baselines = {
      canary1: baselineOf(1, early),
      canary3: baselineOf(1, early),
      phase: baselineOf(2, late),
    };
    const state = judgedState("general-availability", { baselines });
    const evaluation = evaluateCheck(state, voice(grown("malformed_inputs_observed", [13])));
    expect(holding(evaluation)).toEqual(["G8 voice failed"]);
    expect(firing(evaluation)).toEqual(["T3"]);
    const retried = withSample(early, "voice", grown("retry_attempted", [13]));
    const after = { ...baselines, phase: baselineOf(2, retried) };
    const now = voice(grown("retry_attempted", [13]));
    expect(held(now, { ...state, baselines: after })).toEqual(["G11 voice failed"]);
    expect(held(now, { ...state, baselines: { ...after, canary3: baselineOf(2, retried) } })).toEqual([]);
  });
  test("a log must be that of every baseline", () => {
    const other = withSample(healthy, "voice", { log: log({ identity: "another" }) });
    const baselines = { ...canary.baselines, canary1: baselineOf(1, other) };
    expect(held(healthy, judgedState("canary-3", { baselines }))).toEqual(["R-BASELINE voice failed"]);
  });
  test("a line with both codes is one finding that names both", () => {
    const observation = voice({
      counts: { case_processing_failed: 1, malformed_inputs_observed: 1 },
      log: log({ lines: 13 }),
      occurrences: [line("case_processing_failed", 13), line("malformed_inputs_observed", 13)],
    });
    const { findings } = evaluateCheck(canary, observation);
    expect(findings.map(({ title }) => title)).toEqual([
      "Voice: new case_processing_failed and malformed_inputs_observed",
    ]);
  });
  test("at most 20 findings of one rule and surface, the newest; the count is complete", () => {
    const newest = (code: string, first: number) =>
      Array.from({ length: 20 }, (_, index) => line(code, first - 2 * index));
    const observation = voice({
      counts: { case_processing_failed: 48, malformed_inputs_observed: 20 },
      log: log({ lines: 90 }),
      occurrences: [...newest("case_processing_failed", 90), ...newest("malformed_inputs_observed", 89)],
    });
    const { findings, triggers } = evaluateCheck(canary, observation);
    expect(findings.map(({ record }) => record?.line)).toEqual(
      Array.from({ length: 20 }, (_, index) => 90 - index),
    );
    expect(findings[0]?.observed).toContain("case_processing_failed +48");
    expect(triggers[0]?.findings).toHaveLength(20);
  });
  test("retries up to the profile's tolerance pass; beyond it the newest are too many", () => {
    const state = judgedState("canary-3", { profile: { ...defaultProfile, retryTolerance: 2 } });
    expect(held(voice(grown("retry_attempted", [14, 13])), state)).toEqual([]);
    const { findings } = evaluateCheck(state, voice(grown("retry_attempted", [15, 14, 13])));
    expect(findings.map(({ rule, record }) => [rule, record?.line])).toEqual([["G11", 15]]);
  });
  test.each([
    ["shorter", { log: log({ lines: 11 }) }, true],
    ["another", { log: log({ identity: "another" }) }, true],
    ["grown", { log: log({ lines: 13 }) }, false],
    ["gone", { log: null }, true],
  ] as const)("a log that is %s", (_, change, reset) => {
    const sample = healthySample("voice", at, change);
    expect(isReset(sample, surfaceBaselineOf(healthySample("voice", at)))).toBe(reset);
  });
  test("a count that fell is a reset, and everything in the log is new", () => {
    const baseline = {
      ...surfaceBaselineOf(healthySample("voice", at)),
      counts: { retry_attempted: 5, case_processing_failed: 1 },
    };
    const sample = healthySample("voice", at, { counts: { retry_attempted: 4, case_processing_failed: 3 } });
    expect(newOccurrences(sample, baseline, "retry_attempted")).toEqual({ delta: 4, reset: true });
    expect(newOccurrences(sample, baseline, "case_processing_failed")).toEqual({ delta: 3, reset: true });
    const whole = healthySample("voice", at, { counts: { retry_attempted: 7, case_processing_failed: 1 } });
    expect(newOccurrences(whole, baseline, "retry_attempted")).toEqual({ delta: 2, reset: false });
  });
  test("a reset log fails its baseline without restarting the soak, and what is in it is new", () => {
    const reset = evaluateCheck(canary, voice({ log: log({ identity: "another", lines: 3 }) }));
    expect(holding(reset)).toEqual(["R-BASELINE voice failed"]);
    expect(reset.restartsSoak).toBe(false);
    const bad = voice({
      log: log({ identity: "another", lines: 3 }),
      counts: { case_processing_failed: 1 },
      occurrences: [line("case_processing_failed", 2)],
    });
    expect(firing(evaluateCheck(canary, bad))).toEqual(["T3"]);
  });
  test("a log that had no line at the baseline has grown, whatever its first line is", () => {
    const empty = withSample(healthyObservation(instantAt(0)), "voice", {
      log: log({ identity: "", lines: 0 }),
    });
    const baseline = baselineOf(1, empty);
    expect(baseline.surfaces.voice).toEqual({ counts: {}, logIdentity: null, lines: 0 });
    expect(isReset(healthySample("voice", at), baseline.surfaces.voice)).toBe(false);
  });
  test("a browser without a log is counted by its summary, and cites it", () => {
    const baselines = canary.baselines;
    const noLog = withSample(healthyObservation(instantAt(0)), "browser-automation", { log: null });
    const baseline = baselineOf(1, noLog);
    const state = judgedState("canary-1", {
      baselines: { ...baselines, canary1: baseline, phase: baseline, canary3: null },
    });
    const { findings, triggers } = evaluateCheck(
      state,
      browser({ log: null, counts: { malformed_inputs_observed: 1 } }),
    );
    expect(findings.map(({ rule, record }) => [rule, record?.path])).toEqual([
      ["G8", healthySample("browser-automation", at).path],
    ]);
    expect(triggers.map(({ trigger }) => trigger)).toEqual(["T3"]);
  });
});

describe("extra rules of surfaces", () => {
  const extras = (kind: "advances" | "flat", fromPhase: PhaseId, phase: PhaseId): RolloutState => {
    const state = inPhase(phase, ["G13"]);
    return {
      ...state,
      profile: {
        ...state.profile,
        surfaceRules: [{ surface: "voice", kind, codes: ["turns_handled"], fromPhase }],
      },
    };
  };
  const turned = voice({
    counts: { turns_handled: 1 },
    log: log({ lines: 13 }),
    occurrences: [line("turns_handled", 13)],
  });
  test("what must advance", () => {
    expect(held(healthy, extras("advances", "canary-2", "canary-1"))).toEqual([]);
    expect(held(healthy, extras("advances", "canary-2", "canary-2"))).toEqual(["G13 voice no-samples"]);
    expect(held(turned, extras("advances", "canary-2", "canary-2"))).toEqual([]);
  });
  test("what must stay flat", () => {
    expect(held(turned, extras("flat", "canary-3", "canary-2"))).toEqual([]);
    expect(held(turned, extras("flat", "canary-2", "canary-2"))).toEqual(["G13 voice failed"]);
  });
  test("the surface's own guardrail", () => {
    expect(held(voice({ rolloutGate: "hold" }), inPhase("canary-1", ["G13"]))).toEqual(["G13 voice failed"]);
  });
  test("their codes are watched", () => {
    const { profile } = extras("flat", "canary-1", "canary-1");
    expect(watchedCodes(profile, "voice")).toContain("turns_handled");
    expect(watchedCodes(profile, "memory")).toEqual(watchedCodes(defaultProfile, "memory"));
  });
});

describe("demands", () => {
  test("a rule the phase does not demand has a verdict and no finding", () => {
    const observation = { ...healthy, ci: { ...healthy.ci, conclusion: "skipped" } };
    expect(statusOf("G2", null, observation)).toBe("failed");
    expect(held(observation)).toEqual([]);
  });
  test("a trigger that has fired keeps G10 failed, with the record that fired it", () => {
    const bad = voice({ failureStreak: 3 });
    const { findings } = evaluateCheck(afterCheck(canary, bad), healthyObservation(instantAt(600_000)));
    expect(findings.map(({ rule, status, record }) => [rule, status, record])).toEqual([
      ["G10", "failed", healthySample("voice", at).record],
    ]);
  });
});
