import { describe, expect, it } from "vitest";
import { backendUnavailable, classifyResult, parseActionResult } from "#domain/browser-live/action-result";
import { printCompact } from "#domain/json";

describe("an executor's answer (spec/tau/live-run.md §4)", () => {
  it.each([
    [200, "", "success"],
    [399, "anything", "success"],
    [400, "browser_automation_invalid_url", "malformed_input"],
    [499, "", "malformed_input"],
    [500, "", "retryable_failure"],
    [504, "browser_automation_timeout", "retryable_failure"],
    [200, "browser_automation_timeout", "retryable_failure"],
    [422, "browser_automation_backend_unavailable", "retryable_failure"],
  ] as const)("counts %i %s as %s", (status, code, outcome) => {
    expect(classifyResult(status, code)).toBe(outcome);
  });

  it("fills in what may be missing", () => {
    expect(parseActionResult('  {"status_code":200}\n')).toEqual({
      outcome: "success",
      statusCode: 200,
      errorCode: "",
      body: null,
      artifacts: { domSnapshotHtml: "", screenshotSvg: "", traceJson: "" },
    });
    expect(
      parseActionResult('{"status_code":200,"error_code":" ","artifacts":{"trace_json":"{}"}}'),
    ).toMatchObject({
      errorCode: "",
      artifacts: { domSnapshotHtml: "", traceJson: "{}" },
    });
  });

  it.each([
    ["", /empty response/],
    [" \n", /empty response/],
    ["not json", /failed to parse browser executor response: not json/],
    ["[]", /failed to parse/],
    ["{}", /status_code/],
    ['{"status_code":0}', /missing non-zero status_code/],
    ['{"status_code":"200"}', /status_code: expected an integer/],
    ['{"status_code":70000}', /status_code: expected an integer/],
    ['{"status_code":200,"error_code":null}', /error_code: expected a string/],
    ['{"status_code":200,"artifacts":{"trace_json":{}}}', /artifacts.trace_json: expected a string/],
    ['{"status_code":200,"status_code":200}', /failed to parse/],
  ])("refuses %s", (text, message) => {
    expect(() => parseActionResult(text)).toThrow(message);
  });

  it("turns a failed call into 503 with what went wrong", () => {
    const result = backendUnavailable("gone");
    expect(result).toMatchObject({
      outcome: "retryable_failure",
      statusCode: 503,
      errorCode: "browser_automation_backend_unavailable",
    });
    expect(printCompact(result.body)).toBe(
      '{"detail":"gone","reason":"backend_unavailable","status":"retryable"}',
    );
  });
});
