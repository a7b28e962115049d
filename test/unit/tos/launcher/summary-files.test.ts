import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { JsonFloat, jsonObject } from "#domain/json";
import { printPowershellJson } from "#domain/tos/launcher/powershell-json";
import { gitSummary, runSummary } from "#domain/tos/launcher/run-summary";
import { textSummaryPath } from "#domain/tos/launcher/summary-path";
import { readOutcome } from "../../../../main/tos/launcher/project-outcome";

const scenarios = join(import.meta.dirname, "../../../golden/tos/scenarios");

describe("ConvertTo-Json of Windows PowerShell 5.1", () => {
  test("indents members beyond their brace, two spaces after a colon", () => {
    const value = jsonObject({
      phase: "done",
      job_loop: jsonObject({ enabled: true, list: [1, "b"], none: null }),
      step: 2,
    });
    expect(printPowershellJson(value).split("\r\n")).toEqual([
      "{",
      '    "phase":  "done",',
      '    "job_loop":  {',
      '                     "enabled":  true,',
      '                     "list":  [',
      "                                  1,",
      '                                  "b"',
      "                              ],",
      '                     "none":  null',
      "                 },",
      '    "step":  2',
      "}",
    ]);
  });

  test("escapes what it escapes, keeps what is not ASCII, and is JSON for every parser", () => {
    const text = `it's <b> & "q" \\ 前\u2028\n\u0001😀`;
    const printed = printPowershellJson(
      jsonObject({
        text,
        float: new JsonFloat(1),
        big: 12345678901234567890n,
        odd: new JsonFloat(Number.NaN),
      }),
    );
    expect(printed).toContain(String.raw`"it\u0027s \u003cb\u003e \u0026 \"q\" \\ 前\u2028\n\u0001😀"`);
    expect(printed).toContain('"float":  1.0');
    expect(printed).toContain('"big":  12345678901234567890');
    expect(JSON.parse(printed)).toMatchObject({ text, float: 1, odd: null });
  });
});

describe("the summary of a launch", () => {
  test("of a complete job loop (checks.md row 104)", async () => {
    // Runs 4 and 5 are alike; the fifth is recorded.
    const outcome = await readOutcome(join(scenarios, "19_job_loop_3/run_5/out/after"));
    const path = String.raw`C:\tos\workspace\artifacts\job_result.json`;
    const { text, json } = runSummary({ ...outcome, jobResult: { path, exists: true } });
    expect(text).toBe(
      "phase=job_loop_complete step=1 done=True latest_step=step_004.json step_count=4 phase_summary=exists " +
        "job_result=exists job_loop=enabled job_name=sample job_index=4 max_jobs=3 job_payload=none " +
        "job_result_written=true job_payload_size=0 end_reason=job_loop_complete: max_jobs(3)に到達 " +
        `job_result_path=${path}`,
    );
    expect(JSON.parse(printPowershellJson(json))).toEqual({
      phase: "job_loop_complete",
      step: 1,
      done: true,
      latest_step: "step_004.json",
      step_count: 4,
      phase_summary_exists: true,
      job_result_exists: true,
      job_result_written: true,
      job_result_path: path,
      job_payload_present: false,
      job_payload_size: 0,
      end_reason: "job_loop_complete: max_jobs(3)に到達",
      job_loop: { enabled: true, max_jobs: 3, job_name: "sample", current_job_index: 4, completed: true },
    });
  });

  test("of a finished job names that job, not the next (rows 105 and 106)", async () => {
    const finished = runSummary(
      await readOutcome(join(scenarios, "03_one_step_done_jobloop/run_1/out/after")),
    );
    expect(finished.text).toContain(" job_index=1 max_jobs=3 job_payload=none ");
    expect(JSON.parse(printPowershellJson(finished.json))).toMatchObject({
      job_loop: { enabled: true, max_jobs: 3, job_name: "sample", current_job_index: 1 },
    });
    expect(printPowershellJson(finished.json)).not.toContain(`"completed"`);
    const withInput = runSummary(await readOutcome(join(scenarios, "21_job_input_override/run_1/out/after")));
    expect(withInput.text).toContain(" job_payload=present job_result_written=false job_payload_size=153 ");
    expect(withInput.text).toContain(" job_name=custom_job ");
  });

  test("leaves out a limit of 0 (row 108)", async () => {
    const { text } = runSummary(
      await readOutcome(join(scenarios, "74_jobloop_complete_with_input/run_1/out/after")),
    );
    expect(text).toContain(" job_name=override job_index=1 job_payload=present ");
    expect(text).not.toContain("max_jobs=");
  });

  test("of a project with nothing in it", async () => {
    const { text, json } = runSummary(
      await readOutcome(join(scenarios, "52_start_no_config/run_1/out/after")),
    );
    expect(text).toBe(
      "phase= step= done= latest_step= step_count=0 phase_summary=none job_result=none job_loop=disabled " +
        "job_payload=none job_result_written=false job_payload_size=0",
    );
    const read: unknown = JSON.parse(printPowershellJson(json));
    expect(read).toMatchObject({
      phase: null,
      job_loop: { enabled: false, max_jobs: null, job_name: null, current_job_index: null, completed: false },
    });
    expect(read).not.toHaveProperty("job_result_path");
  });

  test("of checkpoint and rollback", () => {
    expect(gitSummary("checkpoint", "abc", "2026-11-21T04:52:00", "/p").text).toBe(
      "mode=checkpoint checkpoint_hash=abc timestamp=2026-11-21T04:52:00 root=/p",
    );
    expect([...gitSummary("rollback", "abc", "2026-11-21T04:52:00", "/p").json.keys()]).toEqual([
      "mode",
      "rollback_target",
      "timestamp",
      "root",
    ]);
  });

  test.each([
    ["logs/last.json", "logs/last.txt"],
    ["logs/last.txt", "logs/last.txt"],
    ["a.b/last", "a.b/last.txt"],
    [String.raw`a.b\last`, String.raw`a.b\last.txt`],
    ["last.run.json", "last.run.txt"],
  ])("%s has its text in %s", (path, expected) => {
    expect(textSummaryPath(path)).toBe(expected);
  });
});
