import { expect, test } from "vitest";
import type { RuleNotice } from "#contract/tos/view";
import { judgeNotices } from "#domain/tos/launcher/judge-notices";

const notice = (over: Partial<RuleNotice>): RuleNotice => ({
  rule: "G41",
  class: "block",
  text: "the last test failed",
  source: "governance.md G41",
  overridable: true,
  ...over,
});
const typed = { from: "command line", acknowledgements: [] } as const;
const acknowledged = { ...typed, acknowledgements: [{ rule: "G41", reason: "known" } as const] };

test("a rule that blocks refuses, unless it is acknowledged by its name", () => {
  expect(judgeNotices([notice({})], typed)).toEqual({
    lines: [
      "governance: G41 the last test failed (refused; --acknowledge G41=REASON goes on in spite of it)",
    ],
    refused: ["G41"],
  });
  expect(judgeNotices([notice({})], acknowledged)).toEqual({
    lines: ["governance: G41 the last test failed (acknowledged: known)"],
    refused: [],
  });
  expect(judgeNotices([notice({ rule: "G20" })], acknowledged).refused).toEqual(["G20"]);
});

test("a warning is only said on a command line, and must be acknowledged in a window", () => {
  const warning = notice({ class: "warn" });
  expect(judgeNotices([warning], typed)).toEqual({
    lines: ["governance: G41 the last test failed (warning)"],
    refused: [],
  });
  expect(judgeNotices([warning], { ...typed, from: "window" }).refused).toEqual(["G41"]);
  expect(judgeNotices([warning], { ...acknowledged, from: "window" }).refused).toEqual([]);
});

test("what no acknowledgement helps against is left to the launcher's own step", () => {
  expect(judgeNotices([notice({ overridable: false }), notice({ class: "show" })], typed)).toEqual({
    lines: [],
    refused: [],
  });
});
