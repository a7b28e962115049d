import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type TrendPoint, trendPointSchema } from "#contract/rollout/view";
import { phaseIds } from "#contract/rollout/vocabulary";
import { mergeTrends, trendPoint } from "#domain/rollout/trends";
import type { RolloutState } from "#domain/rollout/state";
import { withSample } from "../../support/rollout/observation";
import { Story } from "./story";

/** The point of the check that the story takes now. */
function pointOf(story: Story, change: Parameters<Story["check"]>[0]): TrendPoint {
  const before: RolloutState = story.state;
  const { lastCheck } = story.check(change).state;
  if (lastCheck === null) throw new Error("no check was recorded");
  return trendPoint(before, lastCheck);
}

const surfaceOf = (point: TrendPoint, surface: string) =>
  point.surfaces.find((candidate) => candidate.surface === surface);

describe("one check", () => {
  test("counts new errors and retries from the entry of the phase", () => {
    const story = new Story().reach("canary-1").check();
    story.wait(300_000).check((healthy) => withSample(healthy, "voice", { counts: { retry_attempted: 4 } }));
    story.soak((healthy) => withSample(healthy, "voice", { counts: { retry_attempted: 4 } }));
    const retried = pointOf(story.wait(300_000), (healthy) =>
      withSample(healthy, "voice", {
        counts: { retry_attempted: 5, retryable_failures_observed: 2 },
        cycles: 19,
      }),
    );
    expect(trendPointSchema.parse(retried)).toEqual(retried);
    expect(retried).toMatchObject({ check: story.state.checks, phase: "canary-1", unixMs: story.now.unixMs });
    expect(surfaceOf(retried, "voice")).toMatchObject({ retries: 7, hardErrors: 0, cycles: 19 });
    expect(surfaceOf(retried, "memory")).toMatchObject({ retries: 0, hardErrors: 0 });
  });

  test("counts errors where they happened, in the state the check was judged in", () => {
    const story = new Story().reach("canary-1").check().wait(300_000);
    const point = pointOf(story, (healthy) =>
      withSample(healthy, "memory", { counts: { case_processing_failed: 2, malformed_inputs_observed: 1 } }),
    );
    expect(story.state.status).toBe("rolling_back");
    expect(point.phase).toBe("canary-1");
    expect(surfaceOf(point, "memory")).toMatchObject({ hardErrors: 3 });
  });

  test("gives the browser the streak of its unhealthy checks", () => {
    const story = new Story().reach("canary-1").check().wait(300_000);
    const degraded = pointOf(story, (healthy) =>
      withSample(healthy, "browser-automation", { healthState: "degraded" }),
    );
    expect(surfaceOf(degraded, "browser-automation")).toMatchObject({
      healthState: "degraded",
      failureStreak: 1,
    });
  });

  test("has nothing new before the first canary", () => {
    const point = pointOf(new Story(), (healthy) =>
      withSample(healthy, "voice", { counts: { case_processing_failed: 9, retry_attempted: 9 } }),
    );
    expect(surfaceOf(point, "voice")).toMatchObject({ hardErrors: 0, retries: 0 });
  });
});

describe("merged checks", () => {
  const figure = fc.nat({ max: 9 });
  const arbitraryPoints = fc
    .array(
      fc.record({
        phase: fc.nat({ max: 4 }),
        healthState: fc.constantFrom("healthy", "degraded", "failing"),
        failureStreak: figure,
        queueDepth: figure,
        hardErrors: figure,
        retries: figure,
        cycles: figure,
      }),
      { maxLength: 200 },
    )
    .map((drafts) =>
      drafts
        .toSorted((left, right) => left.phase - right.phase)
        .map(({ phase, ...voice }, index): TrendPoint => ({
          check: index + 1,
          unixMs: 1_000 * index,
          phase: phaseIds[phase] ?? "preflight",
          surfaces: [{ surface: "voice", ...voice }],
        })),
    );

  test("are at most as many as asked for, end with the newest, and lose no worst figure", () => {
    fc.assert(
      fc.property(arbitraryPoints, fc.integer({ min: 1, max: 60 }), (points, maximum) => {
        const merged = mergeTrends(points, maximum);
        expect(merged.length).toBeLessThanOrEqual(maximum);
        expect(merged.at(-1)?.check).toBe(points.at(-1)?.check);
        if (points.length <= maximum) expect(merged).toEqual(points);
        let from = 0;
        for (const point of merged) {
          const group = points.slice(from, point.check);
          from = point.check;
          for (const key of ["failureStreak", "queueDepth", "hardErrors", "retries", "cycles"] as const)
            expect(point.surfaces[0]?.[key]).toBe(
              Math.max(...group.map(({ surfaces }) => surfaces[0]?.[key] ?? 0)),
            );
          const states = group.map(({ surfaces }) => surfaces[0]?.healthState);
          const worst = (["failing", "degraded", "healthy"] as const).find((state) => states.includes(state));
          expect(point.surfaces[0]?.healthState).toBe(worst);
        }
        expect(from).toBe(points.length);
      }),
    );
  });

  test("keep phases apart while there are as many points as phases", () => {
    fc.assert(
      fc.property(arbitraryPoints, fc.integer({ min: 5, max: 60 }), (points, maximum) => {
        let from = 0;
        for (const point of mergeTrends(points, maximum)) {
          const phases = new Set(points.slice(from, point.check).map(({ phase }) => phase));
          from = point.check;
          expect([...phases]).toEqual([point.phase]);
        }
      }),
    );
  });
});
