import { describe, expect, it } from "vitest";
import { surfaceSampleSchema } from "#contract/rollout/observation";
import { EventFold } from "../../../main/domain/fold/event-fold";
import { browserSample, codesOfLiveRun } from "../../../main/domain/rollout/sample/browser-sample";
import { lineOfBaseline, newestLines } from "../../../main/domain/rollout/sample/counted-lines";
import { comparedWith, noLog, type LogEvidence } from "../../../main/domain/rollout/sample/sample-parts";
import type { Source } from "../../../main/domain/rollout/sample/source";
import { stateSample } from "../../../main/domain/rollout/sample/state-sample";
import { liveRunText } from "../../support/live-run";

const file = (path: string, text: string): Source => ({ kind: "text", path, text, modifiedUnixMs: 9_000 });
const log: LogEvidence = {
  log: { path: "runtime-events.jsonl", identity: "abc", lines: 3, bytes: 300, problem: "" },
  cycles: 3,
  counts: { case_processing_failed: 1 },
  occurrences: [],
};
const state = (health: object, before = "turn ends\nherë"): string =>
  JSON.stringify({ schema_version: 1, note: before, health }, null, 2);

describe("a sample from state.json", () => {
  it.each([
    [{ failure_streak: 0, last_cycle_failed: 0 }, "healthy", "pass"],
    [{ failure_streak: 0, last_cycle_failed: 1 }, "degraded", "hold"],
    [{ failure_streak: 2, last_cycle_failed: 0 }, "degraded", "hold"],
    [{ failure_streak: 3, last_cycle_failed: 1 }, "failing", "hold"],
  ])("derives %j as %s, without health_state in the file (vector 4)", (health, healthState, rolloutGate) => {
    const sample = stateSample(
      "memory",
      file("s", state({ ...health, updated_unix_ms: 5, queue_depth: 2 })),
      log,
    );
    expect(surfaceSampleSchema.parse(sample)).toEqual(sample);
    expect(sample).toMatchObject({
      status: "ok",
      healthState,
      rolloutGate,
      failureStreak: health.failure_streak,
      lastCycleFailed: health.last_cycle_failed,
      queueDepth: 2,
      updatedUnixMs: 5,
      cycles: 3,
      counts: { case_processing_failed: 1 },
      timeline: null,
    });
  });

  it("cites the health object to the byte", () => {
    const text = state({ failure_streak: 1, updated_unix_ms: 5 }, "zwölf 🜂");
    const record = stateSample("voice", file("s", text), log).record;
    expect(
      Buffer.from(text)
        .subarray(record?.byteOffset ?? 0)
        .toString(),
    ).toBe(`${record?.text ?? "-"}\n}`);
    expect(record?.line).toBe(4);
    expect(JSON.parse(record?.text ?? "")).toEqual({ failure_streak: 1, updated_unix_ms: 5 });
  });

  it("does not take a file's silence about its time for a time", () => {
    expect(stateSample("voice", file("s", state({})), log).updatedUnixMs).toBeNull();
  });

  it.each([
    ["missing", { kind: "missing", path: "s" } as const, "missing", "s does not exist"],
    [
      "a pipe",
      { kind: "unreadable", path: "s", problem: "it is not a regular file" } as const,
      "unreadable",
      "s: it is not a regular file",
    ],
    [
      "cut short",
      file("s", state({}).slice(0, 30)),
      "unreadable",
      "s: not JSON: string without an end at line 3 column 6",
    ],
    [
      "of another schema",
      file("s", '{"schema_version":2,"health":{}}'),
      "unreadable",
      "s: schema_version: expected 1, found 2",
    ],
    ["without health", file("s", '{"schema_version":1}'), "unreadable", "s: health: missing field `health`"],
    [
      "with a text for a number",
      file("s", state({ failure_streak: "0" })),
      "unreadable",
      's: health.failure_streak: expected an integer from 0 to 9007199254740991, found "0"',
    ],
  ])("counts as failing when it is %s, and keeps what the log says", (_name, source, status, problem) => {
    const sample = stateSample("voice", source, log);
    expect(surfaceSampleSchema.parse(sample)).toEqual(sample);
    expect(sample).toMatchObject({
      status,
      problem,
      healthState: "failing",
      rolloutGate: "hold",
      updatedUnixMs: null,
      record: null,
      counts: { case_processing_failed: 1 },
    });
  });
});

const step = (change: object = {}) => ({
  case_id: "c",
  operation: "navigate",
  action: "",
  replay_step: "success",
  status_code: 200,
  error_code: "",
  artifact_types: [],
  ...change,
});
const timeline = [
  step(),
  step({ case_id: "ö", status_code: 404, replay_step: "malformed_input", error_code: "x" }),
];
const summary = (change: object = {}): string => liveRunText({ timeline, ...change }, 2);

describe("a sample from the browser's live summary", () => {
  it("has the file's time, no streak, and each step with its place", () => {
    const text = summary();
    const sample = browserSample(file("sum", text), noLog);
    expect(surfaceSampleSchema.parse(sample)).toEqual(sample);
    expect(sample).toMatchObject({
      healthState: "healthy",
      rolloutGate: "pass",
      failureStreak: null,
      lastCycleFailed: 0,
      queueDepth: 0,
      updatedUnixMs: 9_000,
      record: { line: 1, byteOffset: 0 },
      timeline: [
        { caseId: "c", replayStep: "success", statusCode: 200, errorCode: "" },
        { caseId: "ö", replayStep: "malformed_input", statusCode: 404, errorCode: "x" },
      ],
    });
    for (const { caseId, record } of sample.timeline ?? []) {
      expect(JSON.parse(record.text)).toMatchObject({ case_id: caseId });
      const bytes = Buffer.from(text).subarray(record.byteOffset ?? 0);
      expect(bytes.toString().startsWith(record.text)).toBe(true);
    }
  });

  it("counts the one run it is of, and the log's runs where there is one", () => {
    const failed = summary({ retryable_failures: 2, malformed_cases: 1, health_state: "degraded" });
    expect(browserSample(file("sum", failed), noLog)).toMatchObject({
      healthState: "degraded",
      lastCycleFailed: 2,
      cycles: 1,
      counts: { case_processing_failed: 1, malformed_inputs_observed: 1, retryable_failures_observed: 1 },
      log: null,
    });
    expect(browserSample(file("sum", failed), log)).toMatchObject({
      cycles: 3,
      counts: log.counts,
      log: log.log,
    });
  });

  it("counts by figures (spec/tau/rollout.md §1)", () => {
    const run = { retryableFailures: 0, malformed: 0, reasonCodes: [] };
    expect(codesOfLiveRun(run)).toEqual([]);
    expect(codesOfLiveRun({ ...run, malformed: 7 })).toEqual(["malformed_inputs_observed"]);
    expect(codesOfLiveRun({ ...run, retryableFailures: 1 })).toEqual([
      "case_processing_failed",
      "retryable_failures_observed",
    ]);
  });

  it("counts what the run reports itself once, too", () => {
    const reasonCodes = ["artifact_persisted", " malformed_inputs_observed", "artifact_persisted", " "];
    expect(codesOfLiveRun({ retryableFailures: 0, malformed: 1, reasonCodes })).toEqual([
      "malformed_inputs_observed",
      "artifact_persisted",
    ]);
  });

  it("is failing when there is none (vector 15), and when it is no summary", () => {
    expect(browserSample({ kind: "missing", path: "sum" }, noLog)).toMatchObject({
      status: "missing",
      healthState: "failing",
      failureStreak: null,
      timeline: null,
    });
    expect(browserSample(file("sum", summary({ health_state: "failing" })), noLog)).toMatchObject({
      status: "unreadable",
      problem: expect.stringContaining("health_state"),
    });
  });
});

describe("whether two checks saw the same", () => {
  const sample = stateSample("voice", file("s", state({ updated_unix_ms: 5 })), log);
  const changedLog = (change: object): LogEvidence => ({
    ...log,
    log: { ...(log.log as object), ...change } as LogEvidence["log"],
  });

  it("is said of an unchanged source, wherever the baseline stands", () => {
    const seen = {
      ...sample,
      occurrences: [{ code: "x", record: { path: "", line: 1, byteOffset: 0, text: "" } }],
    };
    expect(comparedWith(sample, seen).sameSnapshot).toBe(true);
    const cut = stateSample("voice", file("s", "{"), log);
    expect(comparedWith(cut, cut).sameSnapshot).toBe(true);
  });

  it.each([
    ["another time", stateSample("voice", file("s", state({ updated_unix_ms: 6 })), log)],
    [
      "the same figures at another place",
      stateSample("voice", file("s", state({ updated_unix_ms: 5 }, "")), log),
    ],
    [
      "a longer log",
      stateSample("voice", file("s", state({ updated_unix_ms: 5 })), changedLog({ bytes: 301 })),
    ],
    [
      "another log",
      stateSample("voice", file("s", state({ updated_unix_ms: 5 })), changedLog({ identity: "d" })),
    ],
    ["a file that has gone bad", stateSample("voice", file("s", "{"), log)],
  ])("is not said of %s", (_name, now) => {
    expect(comparedWith(now, sample).sameSnapshot).toBe(false);
  });

  it("is not said of a first check, or of no file at all", () => {
    expect(comparedWith(sample, undefined).sameSnapshot).toBe(false);
    const gone = stateSample("voice", { kind: "missing", path: "s" }, log);
    expect(comparedWith(gone, gone).sameSnapshot).toBe(false);
  });
});

describe("which lines are new", () => {
  const since = { logIdentity: "abc", lines: 2, counts: { case_processing_failed: 1 } };

  it("are those after the baseline's, while the log is still that one (spec/tau/rollout.md §7 row 11)", () => {
    const now = {
      log: { path: "", identity: "abc", lines: 3, bytes: 9, problem: "" },
      counts: { ...since.counts },
    };
    const withLog = (change: object) => ({ ...now, log: { ...now.log, ...change } });
    expect(lineOfBaseline(now, since)).toBe(2);
    expect(lineOfBaseline(now, null)).toBe(0);
    expect(lineOfBaseline(withLog({ identity: "def" }), since)).toBe(0);
    expect(lineOfBaseline(withLog({ lines: 1 }), since)).toBe(0);
    expect(lineOfBaseline({ ...now, counts: { case_processing_failed: 0 } }, since)).toBe(0);
    expect(lineOfBaseline({ ...now, counts: {} }, since)).toBe(0);
  });

  it("are at most the 20 newest of each code, newest first", () => {
    const lines = Array.from({ length: 60 }, (_, at) => {
      const codes = at % 2 === 0 ? ["even", "all"] : ["all"];
      return at === 58 ? "not json" : at === 57 ? "" : JSON.stringify({ reason_codes: codes });
    });
    const bytes = Buffer.from(`${lines.join("\n")}\n`);
    const fold = new EventFold("log", (from, start, end) => Buffer.from(from).toString("utf8", start, end));
    for (let at = 0; at < bytes.length;) at = fold.region(bytes, at, bytes.length, at);
    const found = newestLines(fold, ["all", "even", "odd"], 40);
    expect(found.get("all")).toEqual([60, ...Array.from({ length: 17 }, (_, at) => 57 - at)]);
    expect(found.get("even")).toEqual([57, 55, 53, 51, 49, 47, 45, 43, 41]);
    expect(found.get("odd")).toEqual([]);
    expect(newestLines(fold, ["all"], 0).get("all")).toHaveLength(20);
    expect(newestLines(fold, ["odd"], 0).get("odd")).toEqual([]);
  });
});
