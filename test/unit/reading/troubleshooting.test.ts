import { describe, expect, test } from "vitest";
import type { RunView } from "#contract/driver";
import { surfaceIds, type SurfaceId } from "#contract/identity";
import { troubleshootingEntrySchema } from "#contract/view";
import { assembleReading, type SurfaceSources } from "#domain/reading/surface-reading";
import { matchTroubleshooting } from "#domain/troubleshooting/match";
import { freshness, health, livePath, liveSummary, log, logPath, sources } from "./sources";

const entries = (surface: SurfaceId, change: Partial<SurfaceSources> = {}, lastRun: RunView | null = null) =>
  matchTroubleshooting(assembleReading(sources({ surface, ...change })), lastRun).map((entry) =>
    troubleshootingEntrySchema.parse(entry),
  );
const matched = (surface: SurfaceId, change: Partial<SurfaceSources> = {}, lastRun: RunView | null = null) =>
  Object.fromEntries(
    entries(surface, change, lastRun)
      .filter((entry) => entry.matched)
      .map((entry) => [entry.id.replace(`${surface}.`, ""), entry.observed]),
  );
const reporting = (...codes: readonly string[]) =>
  log({ lastReasonCodes: [...codes], sinceMark: Object.fromEntries(codes.map((code) => [code, 1])) });
const degraded = health({ failure_streak: 1, last_cycle_failed: 1 });

describe("troubleshooting tables", () => {
  test.each(surfaceIds)(
    "%s has rows with a source, ids of their own, and none matches when all is well",
    (surface) => {
      const rows = entries(surface);
      expect(rows.length).toBeGreaterThanOrEqual(6);
      expect(new Set(rows.map((row) => row.id)).size).toBe(rows.length);
      for (const row of rows) {
        expect(row).toMatchObject({ surface, matched: false, observed: "", record: null });
        expect(row.source).toMatch(/^(?:seed 00[02], Troubleshooting|spec\/tau\/live-run\.md §7)$/u);
      }
    },
  );

  test("the runbooks' own rows come first and word for word", () => {
    expect(
      entries("dashboard")
        .slice(0, 5)
        .map((row) => row.symptom),
    ).toEqual([
      "health state `degraded` with `case_processing_failed`.",
      "health state `degraded` with `retry_attempted`.",
      "health state `failing` (`failure_streak >= 3`).",
      "`rollout_gate=hold` with zero recent events.",
      "non-zero `queue_depth`.",
    ]);
    expect(
      entries("custom-command")
        .slice(0, 4)
        .map((row) => row.action),
    ).toEqual([
      "inspect `runtime-events.jsonl`, then verify fixture expectations and schema compatibility.",
      "confirm transient failure semantics and retry configuration.",
      "confirm fixture operations include `create`, `update`, or `delete`.",
      "inspect processed-case keys and verify fixture case identifiers are unique.",
    ]);
  });
});

describe("matching the tables to what is observed", () => {
  test("degraded with case_processing_failed and retry_attempted", () => {
    const change = { health: degraded, log: reporting("retry_attempted", "case_processing_failed") };
    expect(matched("dashboard", change)).toEqual({
      "degraded-case-processing-failed":
        "health state degraded, and the last cycle reports case_processing_failed",
      "degraded-retry-attempted": "health state degraded, and the last cycle reports retry_attempted",
    });
    expect(matched("voice", change)).toHaveProperty("degraded-case-processing-failed");
    expect(entries("voice", change)[0]?.record).toMatchObject({ path: logPath, line: 10 });
  });

  test("malformed cases alone degrade nothing and match nothing (spec/tau/health.md §1)", () =>
    expect(matched("voice", { log: reporting("malformed_inputs_observed") })).toEqual({}));

  test("failing", () =>
    expect(matched("memory", { health: health({ failure_streak: 4, last_cycle_failed: 1 }) })).toMatchObject({
      failing: "failure_streak=4",
    }));

  test("repeated means more than once since the mark, and in the last cycle", () => {
    const retries = (count: number, last: string[], mark: boolean) =>
      log({
        lastReasonCodes: last,
        sinceMark: { retry_attempted: count },
        mark: mark ? { setUnixMs: 1, afterLine: 1, invalidated: false } : null,
      });
    expect(matched("custom-command", { log: retries(1, ["retry_attempted"], false) })).toEqual({});
    expect(matched("custom-command", { log: retries(5, ["healthy_cycle"], false) })).toEqual({});
    expect(matched("custom-command", { log: retries(2, ["retry_attempted"], false) })).toEqual({
      "repeated-retries": "retry_attempted in 2 cycles so far, the last one among them",
    });
    expect(matched("custom-command", { log: retries(3, ["retry_attempted"], true) })).toEqual({
      "repeated-retries": "retry_attempted in 3 cycles since the mark, the last one among them",
    });
  });

  test("a hold with nothing recent in the log", () => {
    const old = {
      health: degraded,
      log: log({ freshness: freshness(logPath, { status: "stale", detail: "written 1 h ago" }) }),
    };
    expect(matched("dashboard", old)).toMatchObject({
      "hold-without-recent-events": "rollout_gate=hold; written 1 h ago",
    });
    const none = { health: degraded, log: log({ cycles: 0, lastReasonCodes: [] }) };
    expect(matched("dashboard", none)).toMatchObject({
      "hold-without-recent-events": "rollout_gate=hold; the log has no event",
    });
    expect(matched("dashboard", { log: old.log })).toEqual({});
  });

  test("a hold without the registry change that was expected", () => {
    expect(matched("custom-command", { health: degraded })).toMatchObject({
      "hold-without-registry-mutation":
        "rollout_gate=hold, and the last cycle does not report command_registry_mutated",
    });
    expect(
      matched("custom-command", { health: degraded, log: reporting("command_registry_mutated") }),
    ).toEqual({});
  });

  test("a backlog", () =>
    expect(matched("voice", { health: health({ queue_depth: 2 }) })).toEqual({ backlog: "queue_depth=2" }));

  test("half of the cases or more were duplicates", () => {
    const duplicates = (count: number) =>
      matched("memory", { health: health({ last_cycle_discovered: 4, last_cycle_duplicates: count }) });
    expect(duplicates(1)).toEqual({});
    expect(duplicates(2)).toEqual({
      "many-duplicates": "last_cycle_duplicates=2 of last_cycle_discovered=4",
    });
  });

  test("the browser's live run: timeouts, denials, the executor", () => {
    const step = {
      case_id: "navigate-demo",
      operation: "navigate",
      action: "",
      replay_step: "retryable_failure" as const,
      status_code: 503,
      error_code: "browser_automation_backend_unavailable",
      artifact_types: [],
    };
    const live = {
      freshness: freshness(livePath),
      summary: liveSummary({ timeout_failures: 1, denied_unsafe_actions: 2, timeline: [step] }),
    };
    expect(matched("browser-automation", { live })).toEqual({
      "browser-timeout": "the live summary says timeout_failures=1",
      "browser-wrapper": "live step navigate-demo ended with browser_automation_backend_unavailable",
      "browser-denials": "the live summary says denied_unsafe_actions=2",
    });
    expect(
      matched("browser-automation", { log: reporting("timeout_failures_observed", "unsafe_actions_denied") }),
    ).toEqual({
      "browser-timeout": "the last cycle reports timeout_failures_observed",
      "browser-denials": "the last cycle reports unsafe_actions_denied",
    });
  });

  test("a program that could not be started", () => {
    const lastRun: RunView = {
      runId: "1",
      surface: "browser-automation",
      trigger: "operator",
      startedUnixMs: 1,
      finishedUnixMs: 2,
      durationMs: 1,
      outcome: "not-started",
      exitCode: null,
      signal: null,
      commandLine: "harness",
      fixture: null,
      detail: "harness: not found",
      outputLines: 0,
      droppedBytes: 0,
    };
    expect(matched("browser-automation", {}, lastRun)).toEqual({
      "browser-missing-binary": "harness: not found",
    });
    expect(matched("browser-automation", {}, { ...lastRun, outcome: "failed" })).toEqual({});
  });
});
