import { describe, expect, it } from "vitest";
import { liveActionRequest, requireLiveResult } from "#domain/browser-live/live-case";
import { applyLivePolicy } from "#domain/browser-live/policy";
import { jsonObject, printCompact } from "#domain/json";
import { actionResult, browserCase } from "./cases";

const policy = { actionTimeoutMs: 5_000, maxActionsPerCase: 8, allowUnsafeActions: false };

function denied(keys: Readonly<Record<string, unknown>>, overrides: Partial<typeof policy> = {}) {
  const result = applyLivePolicy(browserCase(keys), { ...policy, ...overrides });
  return result === null
    ? null
    : [result.outcome, result.statusCode, result.errorCode, printCompact(result.body)];
}

describe("live policy (spec/tau/live-run.md §4)", () => {
  it("denies more repeats than allowed, for actions only", () => {
    expect(denied({ action_repeat_count: 8 })).toBeNull();
    expect(denied({ action_repeat_count: 9 })).toEqual([
      "malformed_input",
      429,
      "browser_automation_action_limit_exceeded",
      '{"reason":"action_limit_exceeded","status":"rejected"}',
    ]);
    expect(denied({ operation: "navigate", action: "", action_repeat_count: 9 })).toBeNull();
  });

  it("denies an unsafe operation of any kind unless it is allowed", () => {
    expect(denied({ operation: "snapshot", unsafe_operation: true })).toEqual([
      "malformed_input",
      403,
      "browser_automation_unsafe_operation",
      '{"reason":"unsafe_operation","status":"rejected"}',
    ]);
    expect(denied({ unsafe_operation: true }, { allowUnsafeActions: true })).toBeNull();
  });

  it("times out an action that would wait longer than allowed, for actions only", () => {
    expect(denied({ timeout_ms: 5_000 })).toBeNull();
    expect(denied({ timeout_ms: 5_001 })).toEqual([
      "retryable_failure",
      504,
      "browser_automation_timeout",
      '{"reason":"timeout","status":"retryable"}',
    ]);
    expect(denied({ operation: "navigate", timeout_ms: 60_000 })).toBeNull();
  });

  it("takes the first rule that matches", () => {
    const all = { action_repeat_count: 9, unsafe_operation: true, timeout_ms: 5_001 };
    expect(denied(all)?.[1]).toBe(429);
    expect(denied({ ...all, action_repeat_count: 1 })?.[1]).toBe(403);
    expect(denied({ ...all, action_repeat_count: 1, unsafe_operation: false })?.[1]).toBe(504);
  });

  it("ignores simulation flags", () => {
    expect(denied({ simulate_timeout: true, simulate_retryable_failure: true })).toBeNull();
  });
});

describe("request and expectation", () => {
  it("sends trimmed values in the protocol's key order", () => {
    const item = browserCase({
      operation: " Action ",
      action: "CLICK",
      selector: " #a ",
      text: " go ",
      url: " u ",
    });
    expect(printCompact(liveActionRequest(item))).toBe(
      '{"operation":"action","action":"click","url":"u","selector":"#a","text":"go","action_repeat_count":1,"timeout_ms":5000}',
    );
  });

  it("compares outcome, status, error code and body in this order, and skips an absent body", () => {
    const body = jsonObject({ status: "ok" });
    const item = browserCase();
    expect(() => requireLiveResult(item, actionResult({ body }))).not.toThrow();
    const drift = (keys: Parameters<typeof actionResult>[0], message: RegExp, from = item) => {
      expect(() => requireLiveResult(from, actionResult(keys))).toThrow(message);
    };
    drift(
      { outcome: "malformed_input", statusCode: 422 },
      /expected outcome success but observed malformed_input/,
    );
    drift({ statusCode: 201, errorCode: "x" }, /expected status_code 200 but observed 201/);
    drift({ errorCode: "browser_automation_timeout" }, /expected error_code none/);
    const strict = browserCase({
      expected: { outcome: "success", status_code: 200, response_body: { status: "ok", n: 1 } },
    });
    drift({ body }, /case 'case' expected response_body \{"n":1,"status":"ok"\}/, strict);
  });
});
