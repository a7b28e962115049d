import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { feed, newFold } from "./folding";

const record = (time: number, state: string, figures: object = {}): string =>
  `${JSON.stringify({ timestamp_unix_ms: time, health_state: state, ...figures })}\n`;

describe("history of a log's cycles", () => {
  test("is empty before the first cycle", () => expect(newFold().history.points(10)).toEqual([]));

  test("one point per cycle while they fit, oldest first", () => {
    const fold = newFold();
    feed(
      fold,
      record(10, "healthy", { applied_cases: 3 }) +
        "broken\n" +
        record(20, "degraded", { failed_cases: 1, failure_streak: 1 }),
    );
    const none = { malformed: 0, duplicates: 0, backlog: 0, retries: 0 };
    expect(fold.history.points(2)).toEqual([
      {
        fromUnixMs: 10,
        toUnixMs: 10,
        cycles: 1,
        healthState: "healthy",
        failureStreak: 0,
        applied: 3,
        failed: 0,
        ...none,
      },
      {
        fromUnixMs: 20,
        toUnixMs: 20,
        cycles: 1,
        healthState: "degraded",
        failureStreak: 1,
        applied: 0,
        failed: 1,
        ...none,
      },
    ]);
  });

  test("a bucket shows its worst state and its highest figures", () => {
    const fold = newFold();
    const figures = {
      applied_cases: 1,
      malformed_cases: 9,
      duplicate_skips: 2,
      backlog_cases: 4,
      retry_attempts: 3,
    };
    feed(
      fold,
      record(10, "healthy", { applied_cases: 7 }) +
        record(20, "failing", { failure_streak: 5 }) +
        record(30, "degraded", figures),
    );
    expect(fold.history.points(1)).toEqual([
      {
        fromUnixMs: 10,
        toUnixMs: 30,
        cycles: 3,
        healthState: "failing",
        failureStreak: 5,
        applied: 7,
        malformed: 9,
        failed: 0,
        duplicates: 2,
        backlog: 4,
        retries: 3,
      },
    ]);
  });

  test("a state that is none of the three is worse than healthy and better than degraded", () => {
    const states = (...names: readonly string[]): string | undefined => {
      const fold = newFold();
      feed(fold, names.map((name, at) => record(at, name)).join(""));
      return fold.history.points(1)[0]?.healthState;
    };
    expect([states("healthy", "odd"), states("odd", "degraded", "healthy"), states("healthy")]).toEqual([
      "unknown",
      "degraded",
      "healthy",
    ]);
  });

  test("every held cycle is in exactly one bucket, and there are never more than asked for", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1_500 }),
        fc.integer({ min: 1, max: 1_000 }),
        (cycles, maximum) => {
          const fold = newFold({ historyCycles: 600 });
          feed(fold, Array.from({ length: cycles }, (_, at) => record(at + 1, "healthy")).join(""));
          const points = fold.history.points(maximum);
          expect(points.length).toBeLessThanOrEqual(maximum);
          expect(points.reduce((sum, point) => sum + point.cycles, 0)).toBe(Math.min(cycles, 600));
          expect(points.at(-1)?.toUnixMs ?? 0).toBe(cycles);
          const times = points.flatMap((point) => [point.fromUnixMs, point.toUnixMs]);
          expect(times).toEqual(times.toSorted((left, right) => left - right));
        },
      ),
      { numRuns: 200 },
    );
  });
});
