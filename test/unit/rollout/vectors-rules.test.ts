import { describe, expect, test } from "vitest";
import type { Observation, Occurrence, SurfaceSample } from "#contract/rollout/observation";
import type { PhaseId } from "#contract/rollout/vocabulary";
import type { SurfaceId } from "#contract/identity";
import { baselineOf } from "#domain/rollout/baseline";
import { evaluateCheck } from "#domain/rollout/evaluate";
import { afterCheck, firing, holding, judgedState } from "../../support/rollout/judged-state";
import {
  completeChecklist,
  healthyObservation,
  healthySample,
  instantAt,
  passingHarness,
  recordOf,
  sampleLogPath,
  withSample,
} from "../../support/rollout/observation";

const minute = 60_000;
const healthy = (minutes: number): Observation => healthyObservation(instantAt(minutes * minute));
const degraded: Partial<SurfaceSample> = {
  healthState: "degraded",
  rolloutGate: "hold",
  failureStreak: 1,
  lastCycleFailed: 1,
};

/** A sample whose log has `count` new lines with `code`. */
function counted(surface: SurfaceId, code: string, count: number): Partial<SurfaceSample> {
  const sample = healthySample(surface, instantAt(0));
  const lines = Array.from({ length: count }, (_, index) => 12 + count - index);
  return {
    counts: { [code]: count },
    cycles: 12 + count,
    log: sample.log && { ...sample.log, lines: 12 + count },
    occurrences: lines.map((line): Occurrence => ({
      code,
      record: recordOf(sampleLogPath(surface), { reason_codes: [code] }, line, line * 400),
    })),
  };
}

const browserStep = (replayStep: string, statusCode: number, errorCode: string): Partial<SurfaceSample> => ({
  timeline: [
    {
      caseId: "navigate-demo",
      replayStep,
      statusCode,
      errorCode,
      record: recordOf("browser-live-summary.json", { replay_step: replayStep }, 12, 300),
    },
  ],
});

interface Vector {
  readonly vector: number;
  readonly input: string;
  readonly phase: PhaseId;
  /** One observation for each check. */
  readonly checks: readonly Observation[];
  /** Of the last check. */
  readonly holds: readonly string[];
  readonly fires: readonly string[];
  readonly restarts: boolean;
}

const overall = (status: string, total: number, passed: number, failed: number) => ({
  status,
  total_surfaces: total,
  passed_surfaces: passed,
  failed_surfaces: failed,
});
const preflight = (change: Partial<Observation>): readonly Observation[] => [
  healthyObservation(instantAt(minute), change),
];
const dashboardDegraded = (minutes: number): Observation =>
  withSample(healthy(minutes), "dashboard", degraded);
const dashboardHolds = ["G4 dashboard failed", "G5 dashboard failed", "G6 dashboard failed"];

/** Vectors of spec/tau/rollout.md §8 that one evaluation after the other decides; the others need the engine. */
const vectors: readonly Vector[] = [
  {
    vector: 3,
    input: "voice queue_depth 2",
    phase: "canary-1",
    checks: [withSample(healthy(5), "voice", { queueDepth: 2 })],
    holds: ["G7 voice failed"],
    fires: [],
    restarts: true,
  },
  {
    vector: 4,
    input: "memory healthy by its derived state",
    phase: "canary-1",
    checks: [withSample(healthy(5), "memory", { failureStreak: 0, lastCycleFailed: 0 })],
    holds: [],
    fires: [],
    restarts: false,
  },
  {
    vector: 5,
    input: "memory failed a cycle, case_processing_failed 1",
    phase: "canary-1",
    checks: [
      withSample(healthy(5), "memory", { ...degraded, ...counted("memory", "case_processing_failed", 1) }),
    ],
    holds: ["G4 memory failed", "G5 memory failed", "G6 memory failed", "G8 memory failed"],
    fires: ["T3"],
    restarts: true,
  },
  {
    vector: 6,
    input: "dashboard degraded in one check",
    phase: "canary-1",
    checks: [dashboardDegraded(5)],
    holds: dashboardHolds,
    fires: [],
    restarts: true,
  },
  {
    vector: 7,
    input: "dashboard degraded in two checks in a row",
    phase: "canary-1",
    checks: [dashboardDegraded(5), dashboardDegraded(10)],
    holds: dashboardHolds,
    fires: ["T1"],
    restarts: true,
  },
  {
    vector: 8,
    input: "dashboard degraded, healthy, degraded",
    phase: "canary-1",
    checks: [dashboardDegraded(5), healthy(10), dashboardDegraded(15)],
    holds: dashboardHolds,
    fires: [],
    restarts: true,
  },
  {
    vector: 9,
    input: "voice degraded, then memory degraded",
    phase: "canary-1",
    checks: [withSample(healthy(5), "voice", degraded), withSample(healthy(10), "memory", degraded)],
    holds: ["G4 memory failed", "G5 memory failed", "G6 memory failed"],
    fires: [],
    restarts: true,
  },
  {
    vector: 10,
    input: "degraded, then failing with streak 3",
    phase: "canary-1",
    checks: [
      dashboardDegraded(5),
      withSample(healthy(10), "dashboard", { ...degraded, healthState: "failing", failureStreak: 3 }),
    ],
    holds: dashboardHolds,
    fires: ["T2", "T1"],
    restarts: true,
  },
  {
    vector: 11,
    input: "failure_streak 2",
    phase: "canary-1",
    checks: [withSample(healthy(5), "voice", { failureStreak: 2 })],
    holds: ["G5 voice failed"],
    fires: [],
    restarts: true,
  },
  {
    vector: 12,
    input: "custom-command healthy, one new malformed input",
    phase: "canary-1",
    checks: [
      withSample(healthy(5), "custom-command", counted("custom-command", "malformed_inputs_observed", 1)),
    ],
    holds: ["G8 custom-command failed"],
    fires: ["T3"],
    restarts: true,
  },
  {
    vector: 13,
    input: "browser step malformed_input 403",
    phase: "canary-1",
    checks: [withSample(healthy(5), "browser-automation", browserStep("malformed_input", 403, "denied"))],
    holds: [],
    fires: ["T4"],
    restarts: false,
  },
  {
    vector: 14,
    input: "browser step success 200, error_code blank",
    phase: "canary-2",
    checks: [withSample(healthy(5), "browser-automation", browserStep("success", 200, " "))],
    holds: [],
    fires: [],
    restarts: false,
  },
  {
    vector: 15,
    input: "browser summary missing",
    phase: "canary-2",
    checks: [
      withSample(healthy(5), "browser-automation", {
        status: "missing",
        healthState: "failing",
        updatedUnixMs: null,
        record: null,
        timeline: null,
      }),
    ],
    holds: [
      "G4 browser-automation missing",
      "G5 browser-automation missing",
      "G6 browser-automation missing",
      "G7 browser-automation missing",
      "G9 missing",
      "R-STALE browser-automation missing",
    ],
    fires: ["T4"],
    restarts: true,
  },
  {
    vector: 16,
    input: "canary-3: one retry since its entry",
    phase: "canary-3",
    checks: [withSample(healthy(5), "voice", counted("voice", "retry_attempted", 1))],
    holds: ["G11 voice failed"],
    fires: [],
    restarts: true,
  },
  {
    vector: 18,
    input: "harness 5/4/1",
    phase: "preflight",
    checks: preflight({ harness: passingHarness({ overall: overall("failed", 5, 4, 1) }) }),
    holds: ["G1 failed"],
    fires: ["T5"],
    restarts: true,
  },
  {
    vector: 19,
    input: "harness 1/1/0 passed",
    phase: "preflight",
    checks: preflight({
      harness: passingHarness({ overall: overall("passed", 1, 1, 0), surfaceIds: ["voice"] }),
    }),
    holds: ["G1 failed"],
    fires: [],
    restarts: true,
  },
  {
    vector: 20,
    input: "CI matrix skipped",
    phase: "preflight",
    checks: preflight({ ci: { ...healthy(1).ci, conclusion: "skipped" } }),
    holds: ["G2 failed"],
    fires: [],
    restarts: true,
  },
  {
    vector: 21,
    input: "rollback_version=none",
    phase: "preflight",
    checks: preflight({ releaseChannel: { ...healthy(1).releaseChannel, rollbackVersion: "none" } }),
    holds: ["G3 failed"],
    fires: [],
    restarts: true,
  },
  {
    vector: 23,
    input: 'checklist evidence "see logs"',
    phase: "general-availability",
    checks: [
      healthyObservation(instantAt(5 * minute), {
        checklist: completeChecklist({
          items: completeChecklist().items.map((item, index) =>
            index === 8 ? { ...item, evidence: ["see logs"] } : item,
          ),
        }),
      }),
    ],
    holds: ["G12 failed"],
    fires: [],
    restarts: false,
  },
  {
    vector: 26,
    input: "an older log line tells of failures, state.json says healthy",
    phase: "canary-1",
    checks: [
      withSample(healthy(5), "voice", {
        occurrences: [
          {
            code: "case_processing_failed",
            record: recordOf(sampleLogPath("voice"), { health_reason: "failures" }, 3, 900),
          },
        ],
      }),
    ],
    holds: [],
    fires: [],
    restarts: false,
  },
];

describe("vectors of the rollout contract", () => {
  test.each(vectors)("vector $vector: $input", ({ phase, checks, holds, fires, restarts }) => {
    const before = checks.slice(0, -1).reduce(afterCheck, judgedState(phase));
    const evaluation = evaluateCheck(before, checks.at(-1) ?? healthy(0));
    expect(holding(evaluation)).toEqual(holds);
    expect(firing(evaluation)).toEqual(fires);
    expect(evaluation.restartsSoak).toBe(restarts);
    expect(evaluation.allPass).toBe(holds.length === 0);
  });

  test("vector 17: a retry before canary-3 was entered is none of canary-3's", () => {
    const entered = withSample(healthy(0), "voice", counted("voice", "retry_attempted", 1));
    const state = judgedState("canary-3");
    const atEntry = baselineOf(2, entered);
    const baselines = { ...state.baselines, canary3: atEntry, phase: atEntry };
    const later = withSample(healthy(5), "voice", counted("voice", "retry_attempted", 1));
    expect(holding(evaluateCheck({ ...state, baselines }, later))).toEqual([]);
    expect(holding(evaluateCheck(state, later))).toEqual(["G11 voice failed"]);
  });
});
