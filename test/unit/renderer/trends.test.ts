import { describe, expect, it } from "vitest";
import { surfaceIds } from "#contract/identity";
import type { TrendPoint } from "#contract/rollout/view";
import type { PhaseId } from "#contract/rollout/vocabulary";
import {
  drawnSteps,
  phaseBoundaries,
  stateRuns,
  surfaceSteps,
} from "../../../renderer/src/features/rollout/trends/trend-steps";

function point(
  check: number,
  phase: PhaseId,
  healthState: "healthy" | "degraded" | "failing" = "healthy",
): TrendPoint {
  return {
    check,
    unixMs: check * 1_000,
    phase,
    surfaces: surfaceIds.map((surface, index) => ({
      surface,
      healthState: surface === "memory" ? healthState : "healthy",
      failureStreak: index,
      queueDepth: 0,
      hardErrors: 0,
      retries: check,
      cycles: check,
    })),
  };
}

const points = [
  point(1, "preflight"),
  point(2, "canary-1"),
  point(3, "canary-1", "degraded"),
  point(4, "canary-1", "degraded"),
  point(5, "canary-2"),
];

describe("trends", () => {
  it("takes each surface's figures apart, in the order of the checks", () => {
    const steps = surfaceSteps(points, "dashboard");
    expect(
      steps.map(({ check, failureStreak, retries, step }) => [step, check, retries, failureStreak]),
    ).toEqual([
      [0, 1, 1, 2],
      [1, 2, 2, 2],
      [2, 3, 3, 2],
      [3, 4, 4, 2],
      [4, 5, 5, 2],
    ]);
    expect(surfaceSteps([{ ...point(1, "preflight"), surfaces: [] }], "voice")).toEqual([]);
  });

  it("gives the last step an end", () => {
    const drawn = drawnSteps(surfaceSteps(points, "voice"));
    expect(drawn.map(({ step }) => step)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(drawn[5]?.check).toBe(5);
    expect(drawnSteps([])).toEqual([]);
  });

  it("marks where every phase begins", () => {
    expect(phaseBoundaries(points).map(({ label, step }) => [step, label])).toEqual([
      [0, "Preflight"],
      [1, "Canary 1"],
      [4, "Canary 2"],
    ]);
  });

  it("draws steps with one state as one bar", () => {
    expect(stateRuns(surfaceSteps(points, "memory"))).toEqual([
      { healthState: "healthy", from: 0, to: 2 },
      { healthState: "degraded", from: 2, to: 4 },
      { healthState: "healthy", from: 4, to: 5 },
    ]);
  });
});
