import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { describeSpan, judgeFreshness, nextFreshnessChange, type SourceFacts } from "#domain/freshness";

const now = 1_771_000_000_000;
const read: SourceFacts = {
  path: ".tau/voice/state.json",
  sight: { kind: "read" },
  writtenUnixMs: now - 1_000,
  readUnixMs: now,
  seen: true,
  staleAfterMs: 900_000,
};
const judge = (change: Partial<SourceFacts>, at = now) => {
  const { status, detail } = judgeFreshness({ ...read, ...change }, at);
  return { status, detail };
};

describe("freshness (spec/tau/rollout.md §3, R-STALE)", () => {
  test("read and young is fresh, and there is nothing to explain", () =>
    expect(judge({})).toEqual({ status: "fresh", detail: "" }));

  test("exactly as old as allowed is fresh, one millisecond more is stale", () => {
    expect(judge({ writtenUnixMs: now - 900_000 }).status).toBe("fresh");
    expect(judge({ writtenUnixMs: now - 900_001 })).toEqual({
      status: "stale",
      detail: ".tau/voice/state.json was written 15 min ago; it counts as stale after 15 min.",
    });
  });

  test("up to a minute in the future is a clock that differs a little, beyond that it is not believed", () => {
    expect(judge({ writtenUnixMs: now + 60_000 }).status).toBe("fresh");
    expect(judge({ writtenUnixMs: now + 3_600_000 })).toEqual({
      status: "stale",
      detail:
        ".tau/voice/state.json says it was written 1 h in the future: the clocks disagree, so its age is not known.",
    });
  });

  test("absent: never seen is not the same as gone", () => {
    const absent = { sight: { kind: "absent" }, writtenUnixMs: null, readUnixMs: null } as const;
    expect(judge({ ...absent, seen: false }).status).toBe("never-seen");
    expect(judge({ ...absent, seen: true })).toEqual({
      status: "missing",
      detail: ".tau/voice/state.json was there and is gone.",
    });
  });

  test("a problem is unreadable, whatever was read before, and the figures' times are kept", () => {
    const freshness = judgeFreshness({ ...read, sight: { kind: "problem", problem: "not JSON" } }, now);
    expect(freshness).toEqual({
      status: "unreadable",
      path: read.path,
      writtenUnixMs: read.writtenUnixMs,
      readUnixMs: now,
      staleAfterMs: 900_000,
      detail: ".tau/voice/state.json: not JSON",
    });
  });

  test("nothing changes before the announced moment, and something does at it", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -10_000_000, max: 10_000_000 }),
        fc.integer({ min: 1_000, max: 5_000_000 }),
        (age, staleAfterMs) => {
          const facts = { ...read, writtenUnixMs: now - age, staleAfterMs };
          const change = nextFreshnessChange(facts, now);
          const status = judgeFreshness(facts, now).status;
          if (change === null) expect(judgeFreshness(facts, now + 1_000_000_000).status).toBe(status);
          else {
            expect(change).toBeGreaterThan(now);
            expect(judgeFreshness(facts, change - 1).status).toBe(status);
            expect(judgeFreshness(facts, change).status).not.toBe(status);
          }
        },
      ),
    );
  });

  test("a source that was not read does not change by time alone", () =>
    expect(nextFreshnessChange({ ...read, sight: { kind: "absent" } }, now)).toBeNull());
});

test.each([
  [0, "0 s"],
  [59_999, "59 s"],
  [60_000, "1 min"],
  [90_000, "1 min 30 s"],
  [3_600_000, "1 h"],
  [5_400_000, "1 h 30 min"],
  [90_000_000, "1 d 1 h"],
  [864_000_000, "10 d"],
])("%i ms reads as %s", (milliseconds, words) => expect(describeSpan(milliseconds)).toBe(words));
