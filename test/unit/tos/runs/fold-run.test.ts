import { describe, expect, test } from "vitest";
import type { ProgressEntry, ProgressEvent } from "#contract/tos/progress";
import { tosRunViewSchema } from "#contract/tos/progress";
import { automaticTestLine, foldRun } from "#domain/tos/runs/fold-run";
import { leftRunning } from "#domain/tos/runs/left-running";
import { progressEntries, progressLine } from "#domain/tos/runs/progress-line";
import { interruptedBy } from "#domain/tos/runs/cancel-request";
import { isRunId, requireRunId, runIdAfter } from "#domain/tos/runs/run-identifier";

const runId = "20261121T045200Z-1f3a";
const started: ProgressEvent = {
  kind: "started",
  operation: "run",
  clean: false,
  pid: 42,
  startTime: "7",
  operator: "mia",
  from: "command line",
  reason: "",
  acknowledgements: [],
  subject: "",
};
const entriesOf = (...events: ProgressEvent[]): ProgressEntry[] =>
  events.map((event, index) => ({ sequence: index + 1, unixMs: 1_000 + index, event }));
const fold = (alive: boolean, ...events: ProgressEvent[]) => {
  const view = foldRun(runId, "p.jsonl", entriesOf(...events), (pid, startTime) => {
    expect([pid, startTime]).toEqual([42, "7"]);
    return alive;
  });
  return tosRunViewSchema.parse(view);
};
const step: ProgressEvent = { kind: "step-started", step: 2, maximumSteps: 8 };
const stage: ProgressEvent = { kind: "stage-started", step: 2, stage: "review" };
const called: ProgressEvent = {
  kind: "model-called",
  step: 2,
  role: "review",
  provider: "anthropic",
  model: "model-a",
  prompt: 1,
  attempt: 2,
  attempts: 3,
};
const line = (text: string): ProgressEvent => ({ kind: "line", stream: "stdout", text });

describe("a run as its progress tells it", () => {
  test("says where it is while it runs", () => {
    expect(fold(true, started, step, stage, called)).toMatchObject({
      state: "running",
      startedUnixMs: 1_000,
      step: 2,
      maximumSteps: 8,
      stage: "review",
      doing: "review: waiting for model-a, attempt 2 of 3",
      cancellable: true,
      entries: 4,
    });
    const failed: ProgressEvent = {
      kind: "model-failed",
      step: 2,
      role: "review",
      detail: "503",
      retryAfterMs: 2_000,
    };
    expect(fold(true, started, step, stage, called, failed).doing).toBe(
      "review: waiting 2 s before attempt 3 of 3",
    );
  });

  test("is being cancelled, ended, or vanished", () => {
    const cancelling: ProgressEvent = { kind: "cancelling", operator: "mia", reason: "wrong project" };
    expect(fold(true, started, cancelling)).toMatchObject({
      state: "cancelling",
      cancellable: false,
      doing: "being cancelled by mia: wrong project",
    });
    expect(fold(false, started, step)).toMatchObject({
      state: "vanished",
      step: null,
      doing: "",
      cancellable: false,
      exitCode: null,
      endReason: "its process is gone and never said that it ended",
    });
    const ended: ProgressEvent = { kind: "ended", exitCode: 1, endReason: "deny: x" };
    const view = foldRun(runId, "p", entriesOf(started, step, ended), () => {
      throw new Error("nobody asks after the process of a run that has ended");
    });
    expect(view).toMatchObject({ state: "ended", exitCode: 1, endReason: "deny: x", endedUnixMs: 1_002 });
  });

  test("a rollback can be cancelled once it has become a test, a checkpoint never", () => {
    const rollback: ProgressEvent = { ...started, operation: "rollback" };
    expect(fold(true, rollback, { kind: "git", command: "git fetch" })).toMatchObject({
      cancellable: false,
      doing: "git fetch",
    });
    expect(fold(true, rollback, line(automaticTestLine)).cancellable).toBe(true);
    expect(fold(true, { ...started, operation: "checkpoint" }).cancellable).toBe(false);
  });

  test("a command without an end was left running", () => {
    const begun: ProgressEvent = {
      kind: "command-started",
      step: 1,
      index: 0,
      type: "powershell",
      code: "sleep",
      pid: 77,
      startTime: "9",
    };
    const ended: ProgressEvent = {
      kind: "command-ended",
      step: 1,
      index: 0,
      outcome: "exited",
      returnCode: 0,
      detail: "",
      droppedBytes: 0,
    };
    expect(leftRunning(entriesOf(started, begun))).toEqual({ pid: 77, startTime: "9" });
    expect(leftRunning(entriesOf(started, begun, ended))).toBeNull();
    expect(leftRunning(entriesOf(started))).toBeNull();
  });
});

describe("lines of a progress file", () => {
  test("whole lines are entries; a torn end and foreign lines are not", () => {
    const entries = entriesOf(started, line("a\nb"), step);
    const text = entries.map(progressLine).join("");
    expect(progressEntries(text)).toEqual(entries);
    for (let cut = 0; cut < text.length; cut += 1) {
      const read = progressEntries(text.slice(0, cut));
      expect(read).toEqual(entries.slice(0, read.length));
    }
    const foreign = `${progressLine(entries[0] as ProgressEntry)}{"a":1}\nnonsense\n${progressLine(entries[1] as ProgressEntry)}`;
    expect(progressEntries(foreign)).toEqual(entries.slice(0, 2));
  });
});

test("identifiers sort in the order in which runs began, also within one second", () => {
  const first = runIdAfter(null, Date.UTC(2026, 10, 21, 4, 52, 0, 900), "ffff");
  const second = runIdAfter(first, Date.UTC(2026, 10, 21, 4, 52, 0, 950), "0000");
  expect([first, second]).toEqual(["20261121T045200Z-ffff", "20261121T045201Z-0000"]);
  expect([first, "20261399T045200Z-ffff", "../x"].map(isRunId)).toEqual([true, false, false]);
  expect(() => requireRunId("../x")).toThrow('"../x" names no run');
  expect(interruptedBy("SIGINT", "mia")).toEqual({ operator: "mia", reason: "interrupted by SIGINT" });
});
