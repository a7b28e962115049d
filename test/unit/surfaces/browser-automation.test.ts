import { expect, test } from "vitest";
import { browserAutomationDefinition } from "#domain/surfaces/browser-automation/definition";
import { defaultBrowserPolicy, evaluateBrowserCase } from "#domain/surfaces/browser-automation/evaluate";
import { parseFixture } from "#domain/cycle/fixture";
import { fixtureDocument, refusal, type CaseChange } from "./fixture-cases";

const definition = browserAutomationDefinition(defaultBrowserPolicy);
const refused: readonly (readonly [string, CaseChange, string])[] = [
  [
    "no repeats",
    (item) => (item["action_repeat_count"] = 0),
    "cases[0].action_repeat_count: expected 1 or more",
  ],
  ["no time", (item) => (item["timeout_ms"] = 0), "cases[0].timeout_ms: expected 1 or more"],
  ["a negative time", (item) => (item["timeout_ms"] = -1), "cases[0].timeout_ms: expected an integer"],
  [
    "an unknown operation",
    (item) => (item["operation"] = "scroll"),
    "cases[0].operation: unsupported operation 'scroll'",
  ],
  [
    "an unknown action",
    (item) => Object.assign(item, { operation: "action", action: "hover" }),
    "cases[0].action: unsupported action 'hover'",
  ],
  ["no operation", (item) => delete item["operation"], "missing field `operation`"],
  [
    "an unknown error code",
    (item) => (item.expected["error_code"] = "browser_automation_odd"),
    "unsupported error_code 'browser_automation_odd'",
  ],
];

test.each(refused)("a browser fixture with %s is refused", (_what, change, message) => {
  const fixture = fixtureDocument("browser-automation", "mixed-outcomes");
  expect(refusal(definition, fixture, "navigate_home", change)).toContain(message);
});

test("neither simulation nor status is held against the outcome when a browser fixture is read", () => {
  const fixture = fixtureDocument("browser-automation", "mixed-outcomes");
  const accepted = refusal(definition, fixture, "navigate_home", (item) => {
    item["simulate_retryable_failure"] = true;
    Object.assign(item.expected, {
      status_code: 0,
      error_code: "browser_automation_timeout",
      response_body: null,
    });
  });
  expect(accepted).toBeNull();
});

test("what the guardrails deny, a wider policy lets through", () => {
  const text = JSON.stringify(fixtureDocument("browser-automation", "outcome-coverage"));
  const { cases } = parseFixture(definition, text);
  const outcome = (caseId: string, policy: Partial<typeof defaultBrowserPolicy>) => {
    const item = cases.find((candidate) => candidate.caseId === caseId);
    if (item === undefined) throw new Error(`no case ${caseId}`);
    return evaluateBrowserCase(item, { ...defaultBrowserPolicy, ...policy }).outcome;
  };
  expect(outcome("unsafe-denied", { allowUnsafeActions: true })).toBe("success");
  expect(outcome("too-many-actions", { maxActionsPerCase: 9 })).toBe("success");
  expect(outcome("too-slow", { actionTimeoutMs: 5001 })).toBe("success");
  expect(outcome("action-click", { maxActionsPerCase: 7 })).toBe("malformed_input");
});
