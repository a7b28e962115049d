import { describe, expect, test } from "vitest";
import { jsonObject } from "#domain/json";
import { readFinalReply } from "#domain/tos/orchestration/final-reply";
import { OrchestratorFault } from "#domain/tos/orchestration/fault";
import { judgeAll, judgeCommand, readPolicy } from "#domain/tos/orchestration/policy";
import { draftPrompt, finalPrompt, retryPrompt, reviewPrompt } from "#domain/tos/orchestration/prompts";
import { parsePythonJson } from "#domain/tos/orchestration/python-json";
import { promptsUsed, rawReply } from "#domain/tos/orchestration/role-replies";

// checks.md 11-14, 35, 63.
describe("prompts", () => {
  const template = "DRAFT {step_num} {history_json} {job_payload_json} {step_num} {other}";

  test("of a draft hold the history and the payload on one line", () => {
    const history = [
      { step: 1, summary: "要約1" },
      { step: 2, summary: '要約"2"' },
    ];
    expect(draftPrompt(template, 3, history, parsePythonJson('{"b": 1.0, "a": [1, 2]}'))).toBe(
      'DRAFT 3 [{"step": 1, "summary": "要約1"}, {"step": 2, "summary": "要約\\"2\\""}] {"b": 1.0, "a": [1, 2]} 3 {other}',
    );
  });

  test.each(["{}", "[]", "0", '""', "false", "null"])("say null of the payload %s", (payload) => {
    expect(draftPrompt(template, 1, [], parsePythonJson(payload))).toBe("DRAFT 1 [] null 1 {other}");
  });

  test("replace a placeholder inside a value, when its turn is still to come", () => {
    expect(finalPrompt("{draft_json} {review_json}", 1, "{review_json}", "{draft_json} $& $1")).toBe(
      '""{draft_json} $& $1"" "{draft_json} $& $1"',
    );
    expect(reviewPrompt("{step_num}: {draft_json}", 2, "{step_num}")).toBe('2: "{step_num}"');
  });

  test("pile up their prefixes", () => {
    expect(retryPrompt("JSON", retryPrompt("JSON", "ask"))).toBe("JSON\n\nJSON\n\nask");
  });
});

describe("what a log keeps of a role", () => {
  const reply = { prompt: "p".repeat(301), value: null, raw: "x".repeat(2500), extracted: "x".repeat(2500) };

  test("is cut, and holds the extracted text only where JSON failed", () => {
    const failed = promptsUsed({ draft: reply }).get("draft");
    expect(failed).toEqual(
      jsonObject({
        template_name: "draft_prompt_template",
        prompt: `${"p".repeat(300)}...(truncated)`,
        prompt_length: 301,
        extracted_text: `${"x".repeat(300)}...(truncated)`,
      }),
    );
    expect(rawReply(reply)).toBe(`${"x".repeat(2000)}...(truncated)`);
    const keys = (value: typeof reply | object): string[] => [
      ...(
        promptsUsed({ review: { ...reply, ...value } }).get("review") as ReadonlyMap<string, unknown>
      ).keys(),
    ];
    expect(keys({ value: 1 })).toEqual(["template_name", "prompt", "prompt_length"]);
    expect(keys({ raw: null, extracted: null })).toEqual(["template_name", "prompt", "prompt_length"]);
    expect([rawReply({ ...reply, raw: null }), rawReply(undefined)]).toEqual([null, null]);
  });
});

// checks.md 13, 44, 89, 90.
describe("a final reply", () => {
  test.each([
    ["{}", 0, ""],
    ['{"final_commands": [], "summary": 5, "approval": false}', 0, 5],
    ['{"final_commands": {}, "summary": null}', 0, null],
    ['{"final_commands": [{}, {"type": 1, "code": "x", "more": 2}], "summary": "s"}', 2, "s"],
  ])("%s is read", (text, count, summary) => {
    const reply = readFinalReply(parsePythonJson(text), 1);
    expect([reply.commands.length, reply.summary]).toEqual([count, summary]);
  });

  test.each([
    ["[1]", "final reply of step 2: expected an object, found a list"],
    [
      '{"final_commands": null}',
      "final reply of step 2: final_commands: expected a list of commands, found null",
    ],
    ['{"final_commands": "rm"}', "final_commands: expected a list of commands, found 'rm'"],
    ['{"final_commands": ["x"]}', "final_commands[0]: expected an object with type and code, found 'x'"],
    ['{"final_commands": [{}, {"code": 5}]}', "final_commands[1].code: expected a text, found 5"],
    ['{"final_commands": [{"code": null}]}', "final_commands[0].code: expected a text, found null"],
  ])("%s ends the run: %s", (text, message) => {
    const reading = (): unknown => readFinalReply(parsePythonJson(text), 2);
    expect(reading).toThrow(OrchestratorFault);
    expect(reading).toThrow(message);
  });
});

// checks.md 26, 27.
describe("a policy", () => {
  const policy = readPolicy(
    parsePythonJson('{"deny_patterns": ["a", "("], "execution_policy": {"deny_if_contains": ["no"]}}'),
  );

  test("asks a pattern Python would refuse only when it comes to it", () => {
    expect(judgeCommand(policy, "powershell", "no (").reason).toBe("deny_if_contains 'no' に一致");
    expect(judgeCommand(policy, "bash", "b").reason).toContain("type 'bash'");
    expect(judgeCommand(policy, "powershell", "A").matched).toBe("a");
    const judging = (): unknown => judgeCommand(policy, "powershell", "b");
    expect(judging).toThrow(OrchestratorFault);
    expect(judging).toThrow(
      "config_v0_3.json: deny_patterns[1]: expected a regular expression of Python, found '(': missing ), unterminated subpattern at position 0",
    );
  });

  test("denies everything for an empty keyword, and a type that is no text", () => {
    const everything = readPolicy(parsePythonJson('{"execution_policy": {"deny_if_contains": [""]}}'));
    expect(judgeCommand(everything, "powershell", "").matched).toBe("");
    expect(judgeCommand(readPolicy(jsonObject({})), null, "x").reason).toBe(
      "type 'None' は許可されていない (allow_types: ['powershell'])",
    );
  });

  test("of no commands denies none", () => {
    expect(judgeAll(policy, [])).toMatchObject({ allDenied: false, deniedCount: 0 });
  });
});
