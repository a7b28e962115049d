import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { firstRunSpreadMs, leastPauseMs, longestBackoffMs, untilNextRunMs } from "#domain/schedule";

const base = {
  nowMs: 1_000,
  intervalMs: 5_000,
  begunMs: 1_000,
  position: 0,
  lastRun: null,
  startFailures: 0,
};

describe("when the next run is due", () => {
  it("comes soon after the start, spread over the surfaces", () => {
    expect(untilNextRunMs(base)).toBe(0);
    expect(untilNextRunMs({ ...base, position: 4 })).toBe(4 * firstRunSpreadMs);
    expect(untilNextRunMs({ ...base, position: 4, nowMs: 90_000 })).toBe(0);
  });

  it("counts from start to start", () => {
    expect(untilNextRunMs({ ...base, nowMs: 2_000, lastRun: { startedMs: 1_500, finishedMs: 2_000 } })).toBe(
      4_500,
    );
  });

  it("pauses after a run that took longer than the interval", () => {
    expect(
      untilNextRunMs({ ...base, nowMs: 20_000, lastRun: { startedMs: 1_500, finishedMs: 20_000 } }),
    ).toBe(leastPauseMs);
  });

  it("owes one run after a suspended machine, not all that were missed", () => {
    expect(
      untilNextRunMs({ ...base, nowMs: 9_000_000, lastRun: { startedMs: 1_500, finishedMs: 2_000 } }),
    ).toBe(0);
  });

  it("backs off while a program cannot be started, up to a limit", () => {
    const lastRun = { startedMs: 0, finishedMs: 0 };
    const after = (startFailures: number, intervalMs = 5_000) =>
      untilNextRunMs({ ...base, nowMs: 0, intervalMs, lastRun, startFailures });
    expect([0, 1, 2, 3].map((failures) => after(failures))).toEqual([5_000, 10_000, 20_000, 40_000]);
    expect(after(1_000)).toBe(longestBackoffMs);
    expect(after(5, 3_600_000)).toBe(3_600_000);
  });

  it("is never negative, never beyond a timer's reach, and never sooner after more failures", () => {
    const time = fc.integer({ min: 0, max: 1e12 });
    fc.assert(
      fc.property(
        time,
        time,
        time,
        fc.integer({ min: 1_000, max: 86_400_000 }),
        fc.nat(40),
        (a, b, c, intervalMs, failures) => {
          const [startedMs, finishedMs, nowMs] = [a, b, c].toSorted((left, right) => left - right) as [
            number,
            number,
            number,
          ];
          const facts = {
            ...base,
            nowMs,
            intervalMs,
            lastRun: { startedMs, finishedMs },
            startFailures: failures,
          };
          const delay = untilNextRunMs(facts);
          expect(delay).toBeGreaterThanOrEqual(0);
          expect(delay).toBeLessThan(2 ** 31);
          expect(untilNextRunMs({ ...facts, startFailures: failures + 1 })).toBeGreaterThanOrEqual(delay);
        },
      ),
    );
  });
});
