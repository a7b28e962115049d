import { describe, expect, test } from "vitest";
import { surfaceReadingSchema, type FreshnessStatus } from "#contract/reading";
import { assembleReading, type SurfaceSources } from "#domain/reading/surface-reading";
import { freshness, health, livePath, liveSummary, log, logPath, now, sources, statePath } from "./sources";

const read = (change: Partial<SurfaceSources> = {}) =>
  surfaceReadingSchema.parse(assembleReading(sources(change)));
const rules = (change: Partial<SurfaceSources> = {}): string[] => read(change).holds.map((hold) => hold.rule);

describe("a surface's reading", () => {
  test("fresh and healthy passes, with nothing to explain", () => {
    const { healthState, gate, holds, healthReason } = read();
    expect({ healthState, gate, holds, healthReason }).toEqual({
      healthState: "healthy",
      gate: "pass",
      holds: [],
      healthReason: "no recent transport failures observed",
    });
  });

  test.each([
    ["stale", "evidence.stale", "healthy"],
    ["unreadable", "evidence.unreadable", "unknown"],
    ["missing", "evidence.missing", "unknown"],
    ["never-seen", "evidence.never-seen", "unknown"],
  ] as const)(
    "a state file that is %s holds, although its figures were healthy",
    (status: FreshnessStatus, rule, state) => {
      const reading = read({
        state: freshness(statePath, { status, detail: `${statePath} is ${status}.` }),
        stateText: "{half",
      });
      expect(reading.gate).toBe("hold");
      expect(reading.healthState).toBe(state);
      expect(reading.health).toEqual(health());
      expect(reading.holds).toEqual([
        {
          rule,
          title: expect.stringMatching(/^State file /u),
          expected: `${statePath} readable, and written within the last 15 min`,
          observed: `${statePath} is ${status}.`,
          remedy: expect.stringMatching(/\w+/u),
          record:
            status === "unreadable"
              ? { path: statePath, line: null, byteOffset: null, text: "{half" }
              : status === "stale"
                ? {
                    path: statePath,
                    line: null,
                    byteOffset: null,
                    text: JSON.stringify({ health: health() }),
                  }
                : null,
        },
      ]);
    },
  );

  test("degraded names the cycle that decided it", () => {
    const reading = read({
      health: health({ failure_streak: 1, last_cycle_failed: 2 }),
      log: log({}, { failureStreak: 1, failed: 2 }),
    });
    expect(reading.healthState).toBe("degraded");
    expect(reading.holds).toMatchObject([
      {
        rule: "health.degraded",
        expected: "failure_streak=0 and last_cycle_failed=0",
        observed: "recent transport failures observed (failure_streak=1, last_cycle_failed=2)",
        record: { path: logPath, line: 10, byteOffset: 3_600 },
      },
    ]);
  });

  test("failing begins at the third bad cycle in a row", () => {
    const streak = (failure_streak: number): string[] => rules({ health: health({ failure_streak }) });
    expect([streak(2), streak(3)]).toEqual([["health.degraded"], ["health.failing"]]);
  });

  test("when log and state tell different stories, the state file is the record (spec/tau/rollout.md §8, 26)", () => {
    const bad = health({ failure_streak: 3, last_cycle_failed: 1 });
    for (const telling of [
      log({}, { failureStreak: 0 }),
      log({ lastCycle: null, lastCycleRecord: null }),
      log({ progress: { readBytes: 1, totalBytes: 2 } }, { failureStreak: 3, failed: 1 }),
    ])
      expect(read({ health: bad, log: telling }).holds[0]?.record).toEqual({
        path: statePath,
        line: null,
        byteOffset: null,
        text: JSON.stringify({ health: bad }),
      });
    const older = read({
      log: log({ lastHealthReason: "transport failures are sustained (failure_streak=4)" }),
    });
    expect([older.healthState, older.gate, older.healthReason]).toEqual([
      "healthy",
      "pass",
      "transport failures are sustained (failure_streak=4)",
    ]);
  });

  test("the reason is the classification's while the log has none or is still being read", () => {
    const classified = "no recent transport failures observed";
    expect(read({ log: log({ lastHealthReason: "  " }) }).healthReason).toBe(classified);
    expect(
      read({ log: log({ lastHealthReason: "old", progress: { readBytes: 1, totalBytes: 2 } }) }).healthReason,
    ).toBe(classified);
  });

  test("stale and degraded gives both reasons", () =>
    expect(
      rules({
        state: freshness(statePath, { status: "stale", detail: "old" }),
        health: health({ last_cycle_failed: 1 }),
      }),
    ).toEqual(["evidence.stale", "health.degraded"]));
});

describe("the event log's part in the gate", () => {
  test.each(["stale", "missing", "never-seen"] as const)("a log that is %s does not hold", (status) =>
    expect(rules({ log: log({ freshness: freshness(logPath, { status, detail: "why" }) }) })).toEqual([]),
  );

  test("invalid lines do not hold", () => expect(rules({ log: log({ invalidLines: 7 }) })).toEqual([]));

  test("a log that is not UTF-8 holds, and names the line", () => {
    const record = { path: logPath, line: 4, byteOffset: 812, text: "caf\ufffd" };
    const detail = `${logPath}: line 4 at byte 812 is not UTF-8 text`;
    const unreadable = log({ freshness: freshness(logPath, { status: "unreadable", detail }) });
    expect(read({ log: unreadable, firstNotUtf8: record }).holds).toMatchObject([
      { rule: "evidence.unreadable", title: "Event log cannot be read", observed: detail, record },
    ]);
    expect(read({ log: unreadable }).holds).toMatchObject([{ record: { path: logPath, line: null } }]);
  });
});

describe("browser automation's live summary", () => {
  const browser = (live: SurfaceSources["live"], change: Partial<SurfaceSources> = {}) =>
    read({ surface: "browser-automation", live, ...change });

  test("a workspace that never had one is judged by its state file alone", () => {
    const reading = browser({
      freshness: freshness(livePath, { status: "never-seen", detail: "not yet" }),
      summary: null,
    });
    expect([reading.gate, reading.live?.summary]).toEqual(["pass", null]);
  });

  test("a degraded live run holds, and shows the step", () => {
    const step = {
      case_id: "action-demo",
      operation: "action",
      action: "click",
      replay_step: "retryable_failure" as const,
      status_code: 504,
      error_code: "browser_automation_timeout",
      artifact_types: [],
    };
    const reading = browser({
      freshness: freshness(livePath),
      summary: liveSummary({
        health_state: "degraded",
        retryable_failures: 1,
        timeout_failures: 1,
        timeline: [step],
      }),
    });
    expect(reading.healthState).toBe("healthy");
    expect(reading.holds).toMatchObject([
      {
        rule: "live.degraded",
        observed: "retryable_failures=1, timeout_failures=1",
        record: { path: livePath, text: JSON.stringify(step) },
      },
    ]);
  });

  test.each([
    ["stale", "evidence.stale"],
    ["unreadable", "evidence.unreadable"],
    ["missing", "evidence.missing"],
  ] as const)("one that is %s holds", (status, rule) => {
    const reading = browser(
      { freshness: freshness(livePath, { status, detail: "why" }), summary: liveSummary() },
      { liveText: "{" },
    );
    expect(reading.holds).toMatchObject([{ rule, title: expect.stringMatching(/^Browser live summary /u) }]);
  });

  test("without a state file the live run is the surface's health (spec/tau/rollout.md §1)", () => {
    const neverSeen = {
      state: freshness(statePath, { status: "never-seen", writtenUnixMs: null, detail: "not yet" }),
      health: null,
    } as const;
    const good = browser({ freshness: freshness(livePath), summary: liveSummary() }, neverSeen);
    expect([good.gate, good.healthState, good.freshness.path, good.health?.updated_unix_ms]).toEqual([
      "pass",
      "healthy",
      livePath,
      now,
    ]);
    const degraded = liveSummary({
      health_state: "degraded",
      success_cases: 2,
      timeout_failures: 1,
      retryable_failures: 1,
    });
    const bad = browser({ freshness: freshness(livePath), summary: degraded }, neverSeen);
    expect([
      bad.gate,
      bad.healthState,
      bad.health?.last_cycle_failed,
      bad.holds.map((hold) => hold.rule),
    ]).toEqual(["hold", "degraded", 1, ["live.degraded"]]);
    const gone = browser(
      { freshness: freshness(livePath, { status: "missing", detail: "gone" }), summary: liveSummary() },
      neverSeen,
    );
    expect([gone.gate, gone.healthState, gone.healthReason]).toEqual(["hold", "unknown", "gone"]);
  });
});
