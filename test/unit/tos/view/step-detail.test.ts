import { describe, expect, test } from "vitest";
import { stepDetailSchema, type StepDetail } from "#contract/tos/view";
import { stepDetail } from "#domain/tos/view/step-detail";

function detailOf(log: unknown): StepDetail {
  const text = typeof log === "string" ? log : JSON.stringify(log);
  const file = {
    path: "logs/steps/step_004.json",
    state: "read",
    text,
    bytes: text.length,
    modifiedUnixMs: 5,
    problem: "",
  } as const;
  return stepDetailSchema.parse(stepDetail(file));
}

const ran = (code: string, more: object = {}): object => ({
  type: "powershell",
  code,
  allowed: true,
  allow_reason: "allowlist通過",
  executed: true,
  returncode: 0,
  stdout: "out",
  stderr: "",
  timeout: false,
  ...more,
});
const asked = (code: string, type = "powershell"): object => ({ type, code });

describe("commands of a step", () => {
  const log = {
    phase: "execute",
    step_num: 4,
    final_commands: [
      asked("first"),
      asked("print(1)", "python"),
      asked("x".repeat(900)),
      asked("Remove-Item a"),
      asked("slow"),
      asked("last", "python"),
    ],
    allowlist_summary: [{ allowed: true }, { allowed: true }, { allowed: false }, { allowed: true }],
    execution: {
      command_results: [
        ran("first"),
        ran(`${"x".repeat(500)}...`, { returncode: 7 }),
        {
          type: "powershell",
          code: "Remove-Item a",
          allowed: false,
          deny_reason: "deny_if_contains 'Remove-Item' に一致",
          matched_pattern: "Remove-Item",
          executed: false,
        },
        {
          type: "powershell",
          code: "slow",
          allowed: true,
          allow_reason: "allowlist通過",
          executed: true,
          timeout: true,
          error: "タイムアウト (1秒)",
        },
      ],
    },
  };

  test("come in the order in which they were asked for, each with what became of it", () => {
    expect(
      detailOf(log).commands.map(({ type, allowed, executed, returnCode, timeout, error }) => [
        type,
        allowed,
        executed,
        returnCode,
        timeout,
        error.split(":", 1)[0],
      ]),
    ).toEqual([
      ["powershell", true, true, 0, false, ""],
      ["python", true, false, null, false, "dropped"],
      ["powershell", true, true, 7, false, ""],
      ["powershell", false, false, null, false, ""],
      ["powershell", true, true, null, true, "タイムアウト (1秒)"],
      ["python", true, false, null, false, "dropped"],
    ]);
  });

  test("a denied one names the rule that it matched", () => {
    expect(detailOf(log).commands[3]).toMatchObject({
      reason: "deny_if_contains 'Remove-Item' に一致",
      matched: "Remove-Item",
    });
  });

  test("the row counts commands, denied ones, and those that did not end with 0", () => {
    expect(detailOf(log).row).toMatchObject({ step: 4, commands: 6, denied: 1, failed: 2 });
  });

  test("an executed step whose commands nothing executes shows them all the same", () => {
    const only = {
      phase: "execute",
      final_commands: [asked("print(1)", "python")],
      execution: { command_results: [] },
    };
    expect(detailOf(only).commands).toMatchObject([{ type: "python", code: "print(1)", executed: false }]);
  });

  test("a step of a denied run shows the codes of its summary", () => {
    const denied = {
      phase: "deny",
      allowlist_summary: [
        { type: "", code_snippet: "x", allowed: false, reason: "type '' は許可されていない", matched: null },
      ],
      final_commands: [{ code: "x" }],
      execution: { command_results: [] },
    };
    expect(detailOf(denied).commands).toMatchObject([
      { type: "", code: "x", allowed: false, reason: "type '' は許可されていない", matched: null },
    ]);
    expect(detailOf(denied).row).toMatchObject({ commands: 1, denied: 1, failed: 0 });
  });

  test("a command cancelled by an operator shows by whom and why", () => {
    const cancelled = {
      phase: "execute",
      stopped: true,
      final_commands: [asked("slow"), asked("after")],
      execution: {
        command_results: [
          { ...ran("slow"), returncode: undefined, error: "cancelled by kim: enough" },
          {
            type: "powershell",
            code: "after",
            allowed: true,
            executed: false,
            error: "cancelled by kim: enough",
          },
        ],
      },
    };
    expect(detailOf(cancelled).commands.map(({ executed, error }) => [executed, error])).toEqual([
      [true, "cancelled by kim: enough"],
      [false, "cancelled by kim: enough"],
    ]);
  });
});

describe("what a log says in odd ways", () => {
  test("numbers, keys and order of a reply stay as the model wrote them", () => {
    const text = '{"phase": "execute", "draft": {"2": 1.0, "1": 12345678901234567890, "n": NaN, "e": 1e-7}}';
    expect(detailOf(text).replies[0]?.value).toBe(
      '{\n  "2": 1.0,\n  "1": 12345678901234567890,\n  "n": NaN,\n  "e": 1e-07\n}',
    );
  });

  test("a phase that is no text is shown as it is, a reason by what there is", () => {
    expect(detailOf({ phase: 7, error: null, message: null, done_reason: "because" }).row).toMatchObject({
      phase: "7",
      reason: "because",
    });
    expect(detailOf({ error: "error", message: "message" }).row.reason).toBe("error");
    expect(detailOf({ error: null, message: "message", done_reason: "reason" }).row.reason).toBe("message");
  });

  test.each([
    ["{", "logs/steps/step_004.json: expected JSON"],
    ["[1]", "logs/steps/step_004.json: expected a JSON object, found a list of 1"],
    ["", "logs/steps/step_004.json: expected JSON"],
  ])("%j is shown as text with what is wrong with it", (text, problem) => {
    const detail = detailOf(text);
    expect(detail.row.problem).toContain(problem);
    expect(detail).toMatchObject({ text, prompts: [], replies: [], commands: [] });
  });

  test("of a prompt that failed on JSON the extracted text is shown", () => {
    const log = {
      prompts_used: {
        draft: {
          template_name: "draft_prompt_template",
          prompt: "P",
          prompt_length: 4,
          extracted_text: "not json",
        },
        odd: 3,
      },
    };
    expect(detailOf(log).prompts).toEqual([
      { role: "draft", template: "draft_prompt_template", text: "P", length: 4, extracted: "not json" },
      { role: "odd", template: "", text: "", length: 0, extracted: null },
    ]);
  });
});
