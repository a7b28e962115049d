import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatEvidenceTime } from "../../../renderer/src/features/rollout/soak/evidence-time";
import { arcStroke, pendingMs, ringShares } from "../../../renderer/src/features/rollout/soak/ring-geometry";

const minute = 60_000;

describe("soak ring", () => {
  it("shows what is pending only while time counts, and at most two check intervals of it", () => {
    const counting = { counting: true, countingSinceUnixMs: 1_000_000 };
    expect(pendingMs(counting, 5 * minute, 1_000_000 + 3 * minute)).toBe(3 * minute);
    expect(pendingMs(counting, 5 * minute, 1_000_000 + 45 * minute)).toBe(10 * minute);
    expect(pendingMs(counting, 5 * minute, 1_000_000 - minute)).toBe(0);
    expect(pendingMs({ counting: false, countingSinceUnixMs: 1_000_000 }, minute, 2_000_000)).toBe(0);
    expect(pendingMs({ counting: true, countingSinceUnixMs: null }, minute, 2_000_000)).toBe(0);
  });

  it("draws what is proven whatever is pending, and never more than the whole ring", () => {
    const length = fc.nat({ max: 90_000_000 });
    fc.assert(
      fc.property(length, length, length, (required, credited, pending) => {
        const shares = ringShares(required, credited, pending);
        expect(shares.credited).toBe(ringShares(required, credited, 0).credited);
        expect(shares.credited + shares.pending).toBeLessThanOrEqual(1);
        expect(Math.min(shares.credited, shares.pending)).toBeGreaterThanOrEqual(0);
        expect(shares.credited === 1).toBe(required > 0 && credited >= required);
      }),
    );
  });

  it("begins an arc where the one before it ends, clockwise from the top", () => {
    const circumference = 2 * Math.PI * 50;
    expect(arcStroke(50, 0, 0.25)).toEqual({
      strokeDasharray: `${circumference / 4} ${circumference * 0.75}`,
      strokeDashoffset: 0,
    });
    expect(arcStroke(50, 0.25, 0.5).strokeDashoffset).toBeCloseTo(-circumference / 4);
  });

  it.each([
    [0, "down", "0 s"],
    [45_900, "down", "45 s"],
    [45_100, "up", "46 s"],
    [60_000, "down", "1 min"],
    [1_100_000, "down", "18 min 20 s"],
    [3_599_900, "up", "1 h"],
    [3_600_000, "down", "1 h"],
    [85_200_000, "down", "23 h 40 min"],
    [85_200_001, "up", "23 h 41 min"],
    [86_400_000, "down", "24 h"],
    [-5, "down", "0 s"],
  ] as const)("writes %i ms, rounded %s, as %s", (milliseconds, rounding, words) => {
    expect(formatEvidenceTime(milliseconds, rounding)).toBe(words);
  });
});
