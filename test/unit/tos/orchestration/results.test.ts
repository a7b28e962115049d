import { describe, expect, test } from "vitest";
import { JsonFloat, jsonObject, type Json, type JsonObject } from "#domain/json";
import { readOrchestratorConfig } from "#domain/tos/orchestration/config";
import { consoleLines } from "#domain/tos/orchestration/console-lines";
import { endReasons } from "#domain/tos/orchestration/end-reason";
import { readFinalReply } from "#domain/tos/orchestration/final-reply";
import { jobOf } from "#domain/tos/orchestration/job";
import { phaseSummary } from "#domain/tos/orchestration/phase-summary";
import type { Judgement } from "#domain/tos/orchestration/policy";
import { printPythonCompact } from "#domain/tos/orchestration/python-json";
import {
  addCounts,
  commandResults,
  countResults,
  executedSummary,
  type CommandOutcome,
  type CommandResult,
} from "#domain/tos/orchestration/result-documents";
import { cancelledBy, cancelledStepLog, executeStepLog } from "#domain/tos/orchestration/step-log";
import { emptyStepLog, skipReason, stepLogName } from "#domain/tos/orchestration/step-log-keys";

const judgement = (code: string, allowed = true): Judgement => ({
  type: "powershell",
  code,
  allowed,
  reason: allowed ? "allowlist通過" : "deny_if_contains 'del ' に一致",
  matched: allowed ? null : "del ",
});
const result = (outcome: CommandOutcome, code = "Get-Date"): CommandResult => ({
  judgement: judgement(code, outcome.kind !== "denied"),
  outcome,
});
const cancelled = (started: boolean): CommandResult =>
  result({ kind: "cancelled", started, error: "cancelled by ann: wrong target" });
const ran = result({ kind: "ran", returnCode: 7, stdout: "ok\r\n", stderr: "" });

// checks.md 23, 86-88, 91; deviation 6 of docs/tos.md.
describe("the result of a command", () => {
  test.each<[string, CommandResult, string]>([
    [
      "denied",
      result({ kind: "denied" }, `del ${"x".repeat(197)}`),
      `{"type": "powershell", "code": "del ${"x".repeat(196)}...", "allowed": false, "deny_reason": "deny_if_contains 'del ' に一致", "matched_pattern": "del ", "executed": false}`,
    ],
    [
      "that ran",
      ran,
      '{"type": "powershell", "code": "Get-Date", "allowed": true, "allow_reason": "allowlist通過", "executed": true, "returncode": 7, "stdout": "ok\\n", "stderr": "", "timeout": false}',
    ],
    [
      "that took too long",
      result({ kind: "timed-out", seconds: new JsonFloat(1) }),
      '{"type": "powershell", "code": "Get-Date", "allowed": true, "allow_reason": "allowlist通過", "executed": true, "timeout": true, "error": "タイムアウト (1.0秒)"}',
    ],
    [
      "that could not run",
      result({ kind: "failed", error: "no such file" }),
      '{"type": "powershell", "code": "Get-Date", "allowed": true, "allow_reason": "allowlist通過", "executed": false, "error": "no such file"}',
    ],
    [
      "cancelled in its midst",
      cancelled(true),
      '{"type": "powershell", "code": "Get-Date", "allowed": true, "allow_reason": "allowlist通過", "executed": true, "timeout": false, "error": "cancelled by ann: wrong target"}',
    ],
    [
      "cancelled before it began",
      cancelled(false),
      '{"type": "powershell", "code": "Get-Date", "allowed": true, "allow_reason": "allowlist通過", "executed": false, "error": "cancelled by ann: wrong target"}',
    ],
  ])("%s", (_, entry, expected) => {
    expect(printPythonCompact(commandResults([entry]))).toBe(`[${expected}]`);
  });

  test("holds the first of a long code and a long output, in code points", () => {
    const long = result(
      { kind: "ran", returnCode: 0, stdout: "語".repeat(1001), stderr: "😀".repeat(1001) },
      "c".repeat(501),
    );
    const [entry] = commandResults([long]);
    expect(entry?.get("code")).toBe(`${"c".repeat(500)}...`);
    expect(entry?.get("stdout")).toBe("語".repeat(1000));
    expect(entry?.get("stderr")).toBe("😀".repeat(1000));
  });

  test("is none for a type that is not run", () => {
    const dropped = result({ kind: "dropped" });
    expect([commandResults([dropped]), executedSummary([dropped])]).toEqual([[], []]);
    expect(countResults([dropped])).toEqual({ executed: 0, denied: 0, timedOut: 0, failed: 0 });
  });

  test("counts as what it was", () => {
    const results = [
      ran,
      ran,
      result({ kind: "denied" }),
      result({ kind: "timed-out", seconds: 1 }),
      result({ kind: "failed", error: "e" }),
      cancelled(true),
      cancelled(false),
    ];
    const counts = countResults(results);
    expect(counts).toEqual({ executed: 2, denied: 1, timedOut: 1, failed: 2 });
    expect(addCounts(counts, counts)).toEqual({ executed: 4, denied: 2, timedOut: 2, failed: 4 });
    expect(
      executedSummary(results).map((entry) => [
        entry.get("executed"),
        entry.get("returncode"),
        entry.get("timeout"),
      ]),
    ).toEqual([
      [true, 7, false],
      [true, 7, false],
      [false, null, false],
      [true, null, true],
      [false, null, false],
      [true, null, false],
      [false, null, false],
    ]);
  });
});

describe("a cancelled step", () => {
  const config = readOrchestratorConfig(jsonObject({ workspace_dir: "w", logs_dir: "l" }));
  const job = jobOf(config.jobLoop, null, null);
  const run = { experimental: true, loggedModels: config.loggedModels, job };
  const reply = (value: Json): { prompt: string; value: Json; raw: string; extracted: string } => ({
    prompt: "p",
    value,
    raw: "r",
    extracted: "r",
  });
  const commands = [{ type: "powershell", code: "a" }].map((command) => jsonObject(command));
  const finalValue = jsonObject({ final_commands: commands, summary: "s" });
  const final = readFinalReply(finalValue, 1);
  const replies = { draft: reply(1), review: reply(2), final: reply(finalValue) };
  const moment = { step: 1, timestamp: "T" };
  const cancellation = cancelledBy({ operator: "ann", reason: "wrong target" });

  test("is a step that ran, stopped, and says who stopped it", () => {
    const log = cancelledStepLog(
      run,
      moment,
      replies,
      final,
      [ran, cancelled(true), cancelled(false)],
      cancellation,
    );
    expect([...log.keys()]).toEqual(Object.keys(emptyStepLog));
    const fields = (keys: readonly string[]): unknown[] => keys.map((key) => log.get(key));
    expect(fields(["phase", "stopped", "done", "error", "done_reason", "message"])).toEqual([
      "execute",
      true,
      false,
      null,
      cancellation,
      cancellation,
    ]);
    const execution = printPythonCompact(
      (log.get("execution") as JsonObject).get("execution_summary") ?? null,
    );
    expect(execution).toBe('{"executed_count": 1, "denied_count": 0, "timeout_count": 0, "failed_count": 1}');
    const ordinary = executeStepLog(run, moment, replies, final, [ran]);
    expect([ordinary.get("stopped"), ordinary.get("message")]).toEqual([false, null]);
  });

  test("is counted as stopped in the summary, and as no success", () => {
    const log = cancelledStepLog(run, moment, replies, final, [cancelled(true)], cancellation);
    const summary = phaseSummary(
      {
        timestamp: "T",
        experimental: true,
        job,
        stopOnDeny: true,
        endReason: endReasons.cancelled("wrong target"),
        counts: countResults([cancelled(true)]),
        skipped: [],
        jobResultPath: null,
      },
      [{ file: "step_001.json", value: log }],
    );
    expect([summary.get("stopped_count"), summary.get("success_count"), summary.get("end_reason")]).toEqual([
      1,
      0,
      "cancelled: wrong target",
    ]);
    expect(printPythonCompact(summary.get("stopped_steps") ?? null)).toBe(
      `[{"step_num": 1, "phase": "execute", "reason": "${cancellation}"}]`,
    );
  });
});

test("a summary refuses a step log that is no object, and takes one that says little", () => {
  const config = readOrchestratorConfig(jsonObject({ workspace_dir: "w", logs_dir: "l" }));
  const end = {
    timestamp: "T",
    experimental: false,
    job: jobOf(config.jobLoop, null, null),
    stopOnDeny: true,
    endReason: "done",
    counts: countResults([]),
    skipped: [7],
    jobResultPath: "C:\\tos\\workspace\\job_result.json",
  };
  expect(() => phaseSummary(end, [{ file: "step_001.json", value: [1] }])).toThrow(
    "step_001.json: expected an object, found a list",
  );
  const summary = phaseSummary(end, [
    { file: "step_abc.json", value: jsonObject({ phase: "error", step_num: 99 }) },
  ]);
  expect([summary.get("fail_count"), summary.get("final_done"), summary.get("final_phase_result")]).toEqual([
    1,
    false,
    null,
  ]);
  expect(printPythonCompact(summary.get("skipped_steps") ?? null)).toBe(
    '[{"step_num": 7, "skip_reason": "step_007.json が既に存在するためスキップ"}]',
  );
  expect(summary.get("job_result_path_posix")).toBe("C:/tos/workspace/job_result.json");
});

test.each([
  [1, "step_001.json"],
  [999, "step_999.json"],
  [1000, "step_1000.json"],
  [0, "step_000.json"],
  [-5, "step_-05.json"],
])("the log of step %d is %s", (step, name) => {
  expect([stepLogName(step), skipReason(step)]).toEqual([name, `${name} が既に存在するためスキップ`]);
});

test("the console writes values as Python does", () => {
  expect(consoleLines.jobLoop(new JsonFloat(3), null, 10n ** 20n)).toBe(
    "job_loop enabled: max_jobs=3.0, job_name=None, job_index=100000000000000000000",
  );
  expect(consoleLines.jobNameReplaced(jsonObject({ a: "b" }))).toBe("job_name を上書き: {'a': 'b'}");
  expect(consoleLines.commandTimedOut(new JsonFloat(0.5))).toBe("PowerShellタイムアウト (0.5秒)");
});
