import { describe, expect, test } from "vitest";
import { jsonObject, type Json } from "#domain/json";
import { readOrchestratorConfig } from "#domain/tos/orchestration/config";
import { endReasons } from "#domain/tos/orchestration/end-reason";
import { OrchestratorFault } from "#domain/tos/orchestration/fault";
import { indexAfter, isLoopComplete, jobOf, payloadFields, type Job } from "#domain/tos/orchestration/job";
import { doneState, executeState } from "#domain/tos/orchestration/phase-state";
import { parsePythonJson, printPythonCompact } from "#domain/tos/orchestration/python-json";
import { resumeFrom, startStepOf } from "#domain/tos/orchestration/resume";

const loopOf = (fields: string): Parameters<typeof jobOf>[0] =>
  readOrchestratorConfig(
    parsePythonJson(`{"workspace_dir": "w", "logs_dir": "l", "s5_settings": {"job_loop": {${fields}}}}`),
  ).jobLoop;
const inputAt = '"job_input": {"path": "workspace/artifacts/job_input.json"}';
const loop = loopOf(`"enabled": true, "max_jobs": 3, "job_name": "sample", ${inputAt}`);
const job = (payload: string, state = "null"): Job =>
  jobOf(loop, parsePythonJson(payload), resumeFrom(parsePythonJson(state)).state);

// checks.md 59, 62-67.
describe("the payload of a job", () => {
  test.each([
    ["null", false, 0],
    ["{}", true, 2],
    ["[]", true, 2],
    ["0", true, 1],
    ['""', true, 2],
    ["false", true, 5],
    ['{"a": 1}', true, 8],
  ])("%s is present: %s", (payload, present, size) => {
    const read = job(payload);
    expect(payloadFields(read.payload)).toMatchObject({ present, size });
    expect(read).toMatchObject({ name: "sample", nameReplaced: false });
  });

  test.each(["[1]", '"s"', "1", "true"])("%s ends the run", (payload) => {
    expect(() => job(payload)).toThrow(OrchestratorFault);
    expect(() => job(payload)).toThrow(/^workspace\/artifacts\/job_input\.json: expected an object, found /);
  });

  test.each<[string, Json, boolean]>([
    ['{"job_name": "custom"}', "custom", true],
    ['{"job_name": 7}', 7, true],
    ['{"job_name": ""}', "sample", false],
    ['{"job_name": null}', "sample", false],
  ])("%s: the job is called %s", (payload, name, nameReplaced) => {
    expect(job(payload)).toMatchObject({ name, nameReplaced });
  });

  test("is cut in code points, and its size is that of the whole", () => {
    const exact = payloadFields("😀".repeat(1998));
    expect(exact).toEqual({ text: `"${"😀".repeat(1998)}"`, present: true, size: 2000 });
    const longer = payloadFields("😀".repeat(1999));
    expect(longer).toEqual({ text: `"${"😀".repeat(1999)}...(truncated)`, present: true, size: 2001 });
    expect(Array.from(longer.text ?? "")).toHaveLength(2014);
  });
});

// checks.md 46-58.
describe("the index of a job", () => {
  test.each([
    ["null", 1, false],
    ["{}", 1, false],
    ['{"job_index": null}', 1, false],
    ['{"job_index": 3}', 3, false],
    ['{"job_index": 4}', 4, true],
  ])("after the state %s is %d", (state, index, complete) => {
    const read = job("null", state);
    expect([read.index, isLoopComplete(read)]).toEqual([index, complete]);
  });

  test("goes up when a job is done, and only then", () => {
    const second = job("null", '{"job_index": 2}');
    expect([indexAfter(second, true), indexAfter(second, false)]).toEqual([3, 2]);
    expect(endReasons.done(second)).toBe("done (job 2/3 completed)");
  });

  test("is none while the loop is off, and then nothing is complete", () => {
    const off = jobOf(loopOf('"max_jobs": 0, "job_name": "sample"'), "ignored", jsonObject({ job_index: 9 }));
    expect(off).toMatchObject({ index: null, payload: null, name: "sample" });
    expect([isLoopComplete(off), indexAfter(off, true), endReasons.done(off)]).toEqual([false, null, "done"]);
  });

  test("that is no number ends the run", () => {
    expect(() => job("null", '{"job_index": "2"}')).toThrow(
      "phase_state.json: job_index: expected a number or null, found '2'",
    );
  });
});

// checks.md 79-82.
describe("a run takes up", () => {
  test.each([
    ["null", 1, "新規開始"],
    ["{}", 1, "新規開始"],
    ["[]", 1, "新規開始"],
    ['{"current_step": 5, "last_done": false}', 5, "前回の状態から復帰: step=5"],
    ['{"current_phase": "execute"}', 1, "前回の状態から復帰: step=1"],
    ['{"current_step": 5, "last_done": true}', 1, "前回完了済み (step=5)。新規開始します。"],
    ['{"current_step": null, "last_done": "yes"}', 1, "前回完了済み (step=None)。新規開始します。"],
  ])("after %s at step %d", (state, step, line) => {
    const resumption = resumeFrom(parsePythonJson(state));
    expect([startStepOf(resumption), resumption.line]).toEqual([step, line]);
  });

  test("never from a state that is no object", () => {
    expect(() => resumeFrom([1])).toThrow("phase_state.json: expected an object, found a list");
  });

  test.each(["null", '"2"', "2.0", "true"])("never from the step %s, though it says so first", (step) => {
    const resumption = resumeFrom(parsePythonJson(`{"current_step": ${step}}`));
    expect(resumption.line).toMatch(/^前回の状態から復帰: step=/);
    expect(() => startStepOf(resumption)).toThrow("phase_state.json: current_step: expected a whole number");
  });

  test("and keeps the phase before, unless there was none", () => {
    const facts = { jobIndex: null, timestamp: "T" };
    const kept = executeState({ ...facts, before: jsonObject({ previous_phase: "S-3" }) }, 2);
    expect(printPythonCompact(kept)).toBe(
      '{"current_phase": "execute", "previous_phase": "S-3", "current_step": 3, "last_done": false, ' +
        '"last_done_reason": "ステップ実行完了、次のループでdone判定", "next_instruction_id": null, "job_index": null, "updated_at": "T"}',
    );
    const first = doneState({ ...facts, before: jsonObject({ previous_phase: null }) }, 2);
    expect(first.get("previous_phase")).toBe("S-4");
  });
});
