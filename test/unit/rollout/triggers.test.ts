import { describe, expect, test } from "vitest";
import { surfaceIds } from "#contract/identity";
import type { Observation, SurfaceSample } from "#contract/rollout/observation";
import { triggerIds } from "#contract/rollout/vocabulary";
import { evaluateCheck } from "#domain/rollout/evaluate";
import { triggerTexts } from "#domain/rollout/trigger-texts";
import { afterCheck, firing, judgedState } from "../../support/rollout/judged-state";
import {
  healthyObservation,
  healthySample,
  instantAt,
  passingHarness,
  startUnixMs,
  withSample,
} from "../../support/rollout/observation";

const check = (number: number, change: Partial<SurfaceSample> = {}): Observation =>
  withSample(healthyObservation(instantAt(number * 300_000)), "voice", change);
const degraded: Partial<SurfaceSample> = { healthState: "degraded" };
const stale: Partial<SurfaceSample> = { updatedUnixMs: startUnixMs - 1 };
const gone: Partial<SurfaceSample> = {
  status: "missing",
  healthState: "failing",
  updatedUnixMs: null,
  record: null,
};

/** Which triggers the last of several checks fires. */
function firedLast(...changes: readonly Partial<SurfaceSample>[]): string[] {
  const observations = changes.map((change, index) => check(index + 1, change));
  const before = observations.slice(0, -1).reduce(afterCheck, judgedState("canary-1"));
  return firing(evaluateCheck(before, observations.at(-1) ?? check(1)));
}

describe("T1 counts checks of one surface", () => {
  test.each([
    ["degraded, failing", [degraded, { healthState: "failing" }], ["T1"]],
    ["degraded, healthy, degraded", [degraded, {}, degraded], []],
    ["degraded, stale and healthy, degraded", [degraded, stale, degraded], ["T1"]],
    ["degraded, stale and degraded", [degraded, { ...degraded, ...stale }], []],
    [
      "stale and degraded twice",
      [
        { ...degraded, ...stale },
        { ...degraded, ...stale },
      ],
      [],
    ],
    ["missing, degraded", [gone, degraded], ["T1"]],
    ["missing, unreadable", [gone, { ...gone, status: "unreadable" }], ["T1"]],
    ["degraded once", [degraded], []],
  ] as const)("%s", (_, changes, expected) => {
    expect(firedLast(...(changes as readonly Partial<SurfaceSample>[]))).toEqual(expected);
  });

  test("the same snapshot twice counts, and is told", () => {
    const before = afterCheck(judgedState("canary-1"), check(1, degraded));
    const { triggers } = evaluateCheck(before, check(2, { ...degraded, sameSnapshot: true }));
    expect(triggers[0]?.findings[0]?.observed).toContain("same snapshot");
    expect(triggers[0]?.findings[0]?.record).toEqual(healthySample("voice", instantAt(600_000)).record);
  });

  test("a check of preflight, which judges no surface, is never the first of the two", () => {
    const before = afterCheck(judgedState("preflight"), check(1, gone));
    expect(before.unhealthyChecks.voice).toBe(0);
    expect(afterCheck(judgedState("canary-1"), check(1, gone)).unhealthyChecks.voice).toBe(1);
  });

  test("a stale sample never is the second check, whatever was counted before", () => {
    const before = judgedState("canary-1", {
      unhealthyChecks: { ...judgedState("canary-1").unhealthyChecks, voice: 2 },
    });
    expect(firing(evaluateCheck(before, check(1, { ...degraded, ...stale })))).toEqual([]);
    expect(firing(evaluateCheck(before, check(1, degraded)))).toEqual(["T1"]);
  });

  test("counts are kept for each surface", () => {
    const observation = surfaceIds.reduce(
      (seen, surface) => (surface === "memory" ? seen : withSample(seen, surface, degraded)),
      check(1),
    );
    const before = {
      ...judgedState("canary-1"),
      unhealthyChecks: { voice: 4, "browser-automation": 0, dashboard: 1, "custom-command": 0, memory: 3 },
    };
    expect(evaluateCheck(before, observation).unhealthyChecks).toEqual({
      voice: 5,
      "browser-automation": 1,
      dashboard: 2,
      "custom-command": 1,
      memory: 0,
    });
  });
});

describe("triggers", () => {
  test.each([
    [2, []],
    [3, ["T2"]],
  ])("a streak of %i", (failureStreak, expected) => {
    expect(firedLast({ failureStreak })).toEqual(expected);
    expect(firedLast({ failureStreak, ...stale })).toEqual(expected);
  });

  test.each([
    ["success", 399, "", []],
    ["success", 400, "", ["T4"]],
    ["success", 200, "x", ["T4"]],
    ["retryable_failure", 200, "", ["T4"]],
    ["success", 200, " \t", []],
  ])("a browser step %s %i %j", (replayStep, statusCode, errorCode, expected) => {
    const steps = healthySample("browser-automation", instantAt(0)).timeline ?? [];
    const timeline = steps.map((step, index) =>
      index === 1 ? { ...step, replayStep, statusCode, errorCode } : step,
    );
    const observation = withSample(check(1), "browser-automation", { timeline });
    const { triggers } = evaluateCheck(judgedState("canary-1"), observation);
    expect(triggers.map(({ trigger }) => trigger)).toEqual(expected);
    expect(triggers[0]?.findings.map(({ record }) => record) ?? []).toEqual(
      expected.length === 0 ? [] : [steps[1]?.record],
    );
    expect(evaluateCheck(judgedState("canary-2"), observation).restartsSoak).toBe(expected.length > 0);
  });

  const everything = (): Observation => {
    const bad = withSample(
      check(2, { healthState: "failing", failureStreak: 3, counts: { case_processing_failed: 1 } }),
      "browser-automation",
      { timeline: null },
    );
    return {
      ...bad,
      harness: passingHarness({
        overall: { status: "failed", total_surfaces: 5, passed_surfaces: 4, failed_surfaces: 1 },
      }),
    };
  };
  test("the gravest comes first, and all are told", () => {
    const before = afterCheck(judgedState("canary-1"), check(1, degraded));
    expect(firing(evaluateCheck(before, everything()))).toEqual(["T2", "T3", "T4", "T5", "T1"]);
  });
  test("one that has fired is not told again", () => {
    const before = afterCheck(judgedState("canary-1"), everything());
    expect(firing(evaluateCheck(before, everything()))).toEqual(["T1"]);
  });
  test("preflight knows none but T5", () => {
    const before = {
      ...judgedState("preflight"),
      unhealthyChecks: { ...judgedState("preflight").unhealthyChecks, voice: 9 },
    };
    expect(firing(evaluateCheck(before, everything()))).toEqual(["T5"]);
  });
  test("each has the seed's words", () => {
    expect(Object.keys(triggerTexts)).toEqual([...triggerIds]);
    expect(triggerTexts.T2.threshold).toBe("Any surface reaches `failure_streak>=3`");
  });
});
