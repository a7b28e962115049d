import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { browserErrorCode, browserErrorStatus } from "#domain/browser-live/error-codes";
import { executorRequestSchema, refuseRequest } from "#domain/browser-live/executor-request";
import { screenshotSvg, usableElements } from "#domain/browser-live/page-snapshot";

function refusal(request: Readonly<Record<string, unknown>>) {
  const found = refuseRequest(executorRequestSchema.parse(request));
  return found === null ? null : [browserErrorStatus(found.reason), browserErrorCode(found.reason)];
}

describe("what an executor refuses before it asks a page (spec/tau/surfaces.md §8)", () => {
  it.each([
    [{ operation: "fly" }, [400, "browser_automation_invalid_operation"]],
    [{ operation: "navigate", url: "data:text/html,x" }, [400, "browser_automation_invalid_url"]],
    [{ operation: "navigate", url: "@origin@/x" }, [400, "browser_automation_invalid_url"]],
    [{ operation: "navigate", url: "http://127.0.0.1/" }, null],
    [{ operation: "navigate", url: "https://example.org/" }, null],
    [{ operation: "navigate", url: "file:///page.html" }, null],
    [{ operation: "snapshot" }, null],
    [{ operation: "action", action: "drag", selector: "#a" }, [400, "browser_automation_invalid_action"]],
    [{ operation: "action", action: "click", selector: " " }, [422, "browser_automation_invalid_selector"]],
    [{ operation: "action", action: "type", selector: "#a" }, [422, "browser_automation_invalid_input"]],
    [{ operation: "action", action: "type", selector: "#a", text: "x" }, null],
    [{ operation: "action", action: "wait", selector: "#a" }, null],
  ])("%j", (request, expected) => {
    expect(refusal(request)).toEqual(expected);
  });

  it("parses any JSON or says which field is wrong", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const parsed = executorRequestSchema.safeParse(value);
        if (parsed.success) refuseRequest(parsed.data);
        else expect(parsed.error.issues.length).toBeGreaterThan(0);
      }),
    );
    expect(executorRequestSchema.safeParse({ operation: "snapshot", timeout_ms: 0 }).success).toBe(false);
  });
});

describe("what a page shows", () => {
  it("lists what can be used, numbered in order, and leaves out the rest", () => {
    const node = (role: unknown, name: unknown, ignored = false) => ({
      ignored,
      role: { value: role },
      name: { value: name },
    });
    expect(
      usableElements({
        nodes: [
          node("RootWebArea", "Page"),
          node("link", "Docs"),
          node("button", "Hidden", true),
          node("searchBox", "Find"),
          { ignored: false },
          node("button", undefined),
        ],
      }),
    ).toEqual([
      { id: "e1", role: "link", name: "Docs" },
      { id: "e2", role: "searchbox", name: "Find" },
      { id: "e3", role: "button", name: "" },
    ]);
  });

  it("wraps a picture of its own size", () => {
    expect(screenshotSvg("QUJD", 640, 480)).toBe(
      '<svg xmlns="http://www.w3.org/2000/svg" width="640" height="480" viewBox="0 0 640 480"><image width="640" height="480" href="data:image/png;base64,QUJD"/></svg>',
    );
  });
});
