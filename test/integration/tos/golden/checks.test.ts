import { describe, expect, test } from "vitest";
import {
  allowedCommand,
  anthropic,
  configText,
  documentIn,
  filesOf,
  goodResult,
  jobLoop,
  openAi,
  openAiFails,
  phaseState,
  phaseSummary,
  promptsOf,
  resultFile,
  stepLog,
  stepReplies,
  textIn,
  waitsOf,
  writesResult,
} from "../../../support/tos/base-script";
import {
  scriptedProgramsForFile,
  playRun,
  type PlayedRun,
  type RunScript,
} from "../../../support/tos/orchestrated-run";

/** Rows of spec/tos/checks.md whose recorded run was not given: their expectations, by their numbers. */

const programs = scriptedProgramsForFile();

/** One run after another in the same folder; `delta` changes the configuration. */
function play(script: Partial<RunScript> = {}, before?: PlayedRun): Promise<PlayedRun> {
  const files = new Map([...(before?.tree ?? []), ...(script.files ?? [])]);
  return playRun({ config: configText(), ...script, files }, programs());
}

const denied = { type: "powershell", code: "Remove-Item x.txt" };
const echo = (text: string) => ({ type: "powershell", code: `echo ${text}` });

describe("A. steps and done", () => {
  test("5: a goal reached by the last step is reported as max_steps_reached", async () => {
    const run = await play({
      config: configText({ max_steps: 1 }),
      replies: stepReplies(),
      shell: [writesResult],
    });
    expect(run.exitCode).toBe(0);
    expect(documentIn(run, phaseState)).toMatchObject({
      current_phase: "max_steps_reached",
      current_step: 2,
    });
    expect(documentIn(run, stepLog(2)).phase).toBe("max_steps_reached");
    expect(documentIn(run, phaseSummary).final_done).toBe(false);
  });

  test("10: final_done stays true after a later failure", async () => {
    const first = await play({ replies: stepReplies(), shell: [writesResult] });
    const kept = new Map(first.tree);
    kept.delete(resultFile);
    const second = await play({ files: kept, replies: [openAiFails, openAiFails, openAiFails] });
    expect(documentIn(second, phaseState).current_phase).toBe("fatal_error");
    expect(documentIn(second, phaseSummary).final_done).toBe(true);
  });

  test("12: a denied step is not in the history", async () => {
    const run = await play({
      config: configText({ api_retry: 0, execution_policy: { stop_on_deny: false } }),
      replies: [...stepReplies([echo("a")], "first"), ...stepReplies([denied]), openAiFails],
    });
    expect(promptsOf(run).at(-1)).toContain('history=[{"step": 1, "summary": "first"}] ');
  });

  test("14: what a value brings in is replaced by later placeholders only", async () => {
    const run = await play({
      config: configText({ api_retry: 0, max_steps: 1 }),
      replies: [
        openAi({ thought: "{review_json}" }),
        anthropic({ review: "{draft_json}" }),
        openAi({ final_commands: [], summary: "" }),
      ],
    });
    const final = promptsOf(run)[2] ?? "";
    expect(final).not.toContain("{review_json}");
    expect(final.split("{draft_json}")).toHaveLength(3);
  });
});

describe("B. policy", () => {
  test("19: of a mixture the allowed one runs and nothing stops", async () => {
    const run = await play({
      config: configText({ max_steps: 1 }),
      replies: stepReplies([denied, echo("a")]),
      shell: [{ rc: 0 }],
    });
    expect(documentIn(run, stepLog(1))).toMatchObject({ phase: "execute", stopped: false });
    expect(run.shellCalls).toHaveLength(1);
    expect(documentIn(run, phaseSummary)).toMatchObject({
      denied_count: 0,
      execution_summary: { executed_count: 1, denied_count: 1 },
    });
    expect(run.stdout).toContain("コマンド拒否: deny_if_contains 'Remove-Item' に一致");
  });

  test("23 and 88: a denied entry is cut at 200 with three points; CRLF of the output becomes LF", async () => {
    const long = { type: "powershell", code: `Remove-Item ${"x".repeat(400)}` };
    const run = await play({
      config: configText({ max_steps: 1 }),
      replies: stepReplies([long, echo("a")]),
      shell: [{ rc: 0, stdout: "ok\r\n" }],
    });
    const [first, second] = documentIn(run, stepLog(1)).execution.command_results;
    expect(Object.keys(first)).toEqual([
      "type",
      "code",
      "allowed",
      "deny_reason",
      "matched_pattern",
      "executed",
    ]);
    expect(first.code).toBe(`${long.code.slice(0, 200)}...`);
    expect(second.stdout).toBe("ok\n");
  });
});

describe("C. retries", () => {
  test("33: every status of 400 and above is asked again", async () => {
    const http = (status: number, reason: string) =>
      ({ provider: "openai", kind: "http", status, reason, body: "" }) as const;
    const run = await play({
      replies: [...stepReplies().slice(0, 2), http(401, "No"), http(429, "Too Many"), http(500, "Oh")],
    });
    expect(waitsOf(run)).toEqual([1, 2]);
    expect(documentIn(run, stepLog(1))).toMatchObject({
      error: "final生成失敗",
      draft: { thought: "t" },
      review: { review: "ok" },
    });
  });

  test("36: a reply that is never JSON is kept, cut at 2000, and what was extracted at 300", async () => {
    const long = "X".repeat(2_500);
    const run = await play({ replies: [openAi("a"), openAi("b"), openAi(long)] });
    expect(waitsOf(run)).toEqual([]);
    const log = documentIn(run, stepLog(1));
    expect(log.draft_raw).toBe(`${"X".repeat(2_000)}...(truncated)`);
    expect(log.prompts_used.draft.extracted_text).toBe(`${"X".repeat(300)}...(truncated)`);
  });

  test("38: prose followed by a failed call leaves no text", async () => {
    const run = await play({
      config: configText({ api_retry: 0 }),
      replies: [openAi("prose"), openAiFails],
    });
    const log = documentIn(run, stepLog(1));
    expect(log.draft_raw).toBeNull();
    expect(log.prompts_used.draft).not.toHaveProperty("extracted_text");
  });

  test("42: a body that is not JSON is asked for again after a second", async () => {
    const run = await play({
      replies: [
        { provider: "openai", kind: "http", status: 200, reason: "OK", body: "<html>" },
        ...stepReplies(),
      ],
      shell: [writesResult],
    });
    expect(waitsOf(run)).toEqual([1]);
    expect(documentIn(run, phaseState).current_phase).toBe("done");
  });

  test("44: a draft may be a list, and nobody looks at the approval", async () => {
    const run = await play({
      replies: [
        openAi([1, 2]),
        anthropic({ approval: false }),
        openAi({ final_commands: [allowedCommand], summary: "s" }),
      ],
      shell: [writesResult],
    });
    expect(documentIn(run, phaseState).current_phase).toBe("done");
    expect(documentIn(run, stepLog(1)).draft).toEqual([1, 2]);
  });
});

describe("D. job loop", () => {
  test("52: with the result deleted before each job, steps are numbered on; completion takes step_001 again", async () => {
    let run = await play({ config: configText(jobLoop()), replies: stepReplies(), shell: [writesResult] });
    for (const job of [2, 3]) {
      const kept = new Map(run.tree);
      kept.delete(resultFile);
      run = await play({
        config: configText(jobLoop()),
        files: kept,
        replies: stepReplies(),
        shell: [writesResult],
      });
      expect(documentIn(run, phaseSummary).end_reason).toBe(`done (job ${job}/3 completed)`);
    }
    expect([...run.tree.keys()].filter((path) => path.startsWith("logs/steps/"))).toEqual(
      [1, 2, 3, 4, 5, 6].map(stepLog),
    );
    const fourth = await play({ config: configText(jobLoop()) }, run);
    expect(documentIn(fourth, stepLog(1)).phase).toBe("job_loop_complete");
    for (const step of [2, 3, 4, 5, 6])
      expect(textIn(fourth, stepLog(step))).toBe(textIn(run, stepLog(step)));
  });

  test("53: no jobs at all, and a job result of another name", async () => {
    const run = await play({
      config: configText(jobLoop({ max_jobs: 0, job_result: { path: "workspace/results/jr.json" } })),
    });
    expect(documentIn(run, "workspace/results/jr.json").jobs_executed).toBe(0);
    expect(documentIn(run, phaseState)).toMatchObject({ current_phase: "job_loop_complete", job_index: 1 });
  });

  test("56 to 58: the index stays after a denial; lowering completes at once; raising goes on", async () => {
    const deniedRun = await play({ config: configText(jobLoop()), replies: stepReplies([denied]) });
    expect(documentIn(deniedRun, phaseState).job_index).toBe(1);
    const first = await play({ config: configText(jobLoop()), files: filesOf({ [resultFile]: goodResult }) });
    const lowered = await play({ config: configText(jobLoop({ max_jobs: 1 })) }, first);
    expect(documentIn(lowered, phaseSummary).end_reason).toBe("job_loop_complete: max_jobs(1)に到達");
    const raised = await play({ config: configText(jobLoop({ max_jobs: 5 })) }, lowered);
    expect(documentIn(raised, phaseSummary)).toMatchObject({
      end_reason: "done (job 2/5 completed)",
      skipped_count: 1,
    });
  });
});

describe("E. job input", () => {
  const input = "workspace/artifacts/job_input.json";
  const withInput = (content: string | Uint8Array) => ({
    config: configText(jobLoop()),
    files: filesOf({ [input]: content, [resultFile]: goodResult }),
  });

  test("60: a long payload is cut at 2000 code points in the log and whole in the prompt", async () => {
    const payload = `{"t": "😀${"x".repeat(2_321)}"}`;
    const run = await play({
      config: configText({ ...jobLoop(), api_retry: 0 }),
      files: filesOf({ [input]: payload }),
      replies: [openAiFails],
    });
    const log = documentIn(run, stepLog(1));
    // The emoji is one code point and two UTF-16 units.
    expect(log.job_payload_size).toBe(payload.length - 1);
    expect(log.job_payload).toHaveLength(2_015);
    expect(promptsOf(run)[0]).toContain(`payload=${payload} `);
  });

  test("62: a byte order mark makes it unreadable, and the run goes on", async () => {
    const run = await play(withInput('\uFEFF{"a": 1}'));
    expect(run.stdout.some((line) => line.startsWith("job_payload 読み込みエラー: "))).toBe(true);
    expect(documentIn(run, stepLog(1)).job_payload_present).toBe(false);
    expect(run.exitCode).toBe(0);
  });

  test("62: cp932 makes it unreadable too, and is said in words", async () => {
    const run = await play(withInput(Uint8Array.of(0x7b, 0x22, 0x82, 0xa0, 0x22, 0x7d)));
    expect(run.stdout).toContain("job_payload 読み込みエラー: stream did not contain valid UTF-8");
  });

  test("67: a job name may be a number, and stays one", async () => {
    const run = await play(withInput('{"job_name": 7}'));
    expect(documentIn(run, stepLog(1)).job_name).toBe(7);
  });

  test("70: the payload is read again by every run", async () => {
    const first = await play(withInput('{"job_name": "first"}'));
    const second = await play(
      { config: configText(jobLoop()), files: filesOf({ [input]: '{"job_name": "second"}' }) },
      first,
    );
    expect(documentIn(first, phaseSummary).job_loop.job_name).toBe("first");
    expect(documentIn(second, phaseSummary).job_loop.job_name).toBe("second");
    expect([first, second].map((run) => documentIn(run, phaseState).job_index)).toEqual([2, 3]);
  });
});

describe("G. state and resume", () => {
  test("79: a broken state is ignored with a message and written anew", async () => {
    const run = await play({ files: filesOf({ [phaseState]: "{broken", [resultFile]: goodResult }) });
    expect(run.stdout.some((line) => line.startsWith("フェーズ状態読み込みエラー: "))).toBe(true);
    expect(documentIn(run, phaseState)).toMatchObject({ current_phase: "done", current_step: 1 });
  });

  test("82: the step and the phase before are taken from the state", async () => {
    const state = { current_phase: "execute", previous_phase: "S-3", current_step: 5, last_done: false };
    const run = await play({
      files: filesOf({ [phaseState]: JSON.stringify(state), [resultFile]: goodResult }),
    });
    expect(documentIn(run, stepLog(5)).phase).toBe("done");
    expect(documentIn(run, phaseState).previous_phase).toBe("S-3");
  });
});

describe("H. execution", () => {
  test("86: long output, a command that takes too long, and a return code", async () => {
    const run = await play({
      config: configText({ timeout_sec: 1, max_steps: 1 }),
      replies: stepReplies([echo("y".repeat(600)), echo("slow"), echo("rc")]),
      shell: [{ stdout: "o".repeat(5_000), stderr: "é".repeat(3_000) }, { hang: true }, { rc: 7 }],
    });
    const log = documentIn(run, stepLog(1));
    const [long, slow, code] = log.execution.command_results;
    expect(long.code).toBe(`echo ${"y".repeat(495)}...`);
    expect(long).toMatchObject({ stdout: "o".repeat(1_000), stderr: "é".repeat(1_000), timeout: false });
    expect(slow).toEqual({
      type: "powershell",
      code: "echo slow",
      allowed: true,
      allow_reason: "allowlist通過",
      executed: true,
      timeout: true,
      error: "タイムアウト (1秒)",
    });
    expect(code.returncode).toBe(7);
    expect(log.execution.execution_summary).toMatchObject({ executed_count: 2, timeout_count: 1 });
    expect(log.phase).toBe("execute");
  });

  test("90: final_commands null ends the run with 1 and without a log", async () => {
    const run = await play({
      replies: [openAi({}), anthropic({}), openAi({ final_commands: null, summary: "" })],
    });
    expect(run.exitCode).toBe(1);
    expect([...run.tree.keys()]).toEqual([]);
    expect(run.stderr).toEqual([
      "final reply of step 1: final_commands: expected a list of commands, found null",
    ]);
  });
});

describe("I. encodings and numbers", () => {
  const cp932 = "8d878c763a0a95bd8bcf3a0a8c8f90943a0a";

  test.each([
    ["cp932 of odd length", `${cp932}0a`, "done"],
    ["UTF-16LE without a mark", Buffer.from(goodResult, "utf16le").toString("hex"), "fatal_error"],
  ])("92 and 93: %s", async (_name, hex, phase) => {
    const run = await play({
      config: configText({ api_retry: 0 }),
      files: filesOf({ [resultFile]: Buffer.from(hex, "hex") }),
      replies: [openAiFails],
    });
    expect(documentIn(run, phaseState).current_phase).toBe(phase);
    expect(run.stdout.includes("done判定エラー: UTF-16 stream does not start with BOM")).toBe(
      phase !== "done",
    );
  });

  test("96: only quotes, backslashes and control characters are escaped", async () => {
    const odd = `\u0001\u001f\u2028\u007f😀<&>'/\\"`;
    const run = await play({
      config: configText({ max_steps: 1 }),
      replies: [openAi({ odd }), anthropic({}), openAi({ final_commands: [], summary: "" })],
    });
    expect(textIn(run, stepLog(1))).toContain(`"odd": "\\u0001\\u001f\u2028\u007f😀<&>'/\\\\\\""`);
  });

  test("97: numbers, the order of keys and NaN come through logs and prompts as Python writes them", async () => {
    const draft =
      '{"a": 1.0, "b": 1e5, "c": 1e-7, "d": -0.0, "e": 12345678901234567890, "2": 1, "1": 2, "x": 1, "x": 2, "n": NaN}';
    const run = await play({
      config: configText({ max_steps: 1 }),
      replies: [openAi(draft), anthropic({}), openAi({ final_commands: [], summary: "" })],
    });
    const printed = [
      '"a": 1.0',
      '"b": 100000.0',
      '"c": 1e-07',
      '"d": -0.0',
      '"e": 12345678901234567890',
      '"2": 1',
      '"1": 2',
      '"x": 2',
      '"n": NaN',
    ];
    expect(textIn(run, stepLog(1))).toContain(`"draft": {\n    ${printed.join(",\n    ")}\n  }`);
    expect(promptsOf(run)[1]).toContain(`{\n  ${printed.join(",\n  ")}\n}`);
  });
});
