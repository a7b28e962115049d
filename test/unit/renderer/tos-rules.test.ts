import { describe, expect, it } from "vitest";
import type { GovernanceFinding } from "#contract/tos/governance";
import type { RuleNotice } from "#contract/tos/view";
import { checkConfig } from "#domain/tos/config-check/check-config";
import { saveRules } from "../../../renderer/src/features/tos/config/save-rules";
import {
  acknowledgementsOf,
  allAcknowledged,
} from "../../../renderer/src/features/tos/rules/acknowledged-rules";
import { orderedFindings, statusCounts } from "../../../renderer/src/features/tos/rules/finding-words";

function notice(rule: RuleNotice["rule"], changes: Partial<RuleNotice> = {}): RuleNotice {
  return { rule, class: "warn", text: "", source: "", overridable: true, ...changes };
}

describe("acknowledging rules", () => {
  it("sends the rule's own reason, or that of the operation", () => {
    const rules = [notice("G05"), notice("G40")];
    const acknowledged = { G05: " known ", G40: "" } as const;
    expect(acknowledgementsOf(rules, acknowledged, "drill")).toEqual([
      { rule: "G05", reason: "known" },
      { rule: "G40", reason: "drill" },
    ]);
    expect(allAcknowledged(rules, acknowledged, "drill")).toBe(true);
    expect(allAcknowledged(rules, acknowledged, " ")).toBe(false);
    expect(allAcknowledged(rules, { G05: "known" }, "drill")).toBe(false);
  });

  it("never counts one that cannot be overridden, nor sends one that no longer stands in the way", () => {
    const rules = [notice("G43", { overridable: false, class: "block" })];
    expect(allAcknowledged(rules, { G43: "all the same" }, "drill")).toBe(false);
    expect(acknowledgementsOf(rules, { G43: "all the same", G05: "known" }, "drill")).toEqual([]);
  });

  it("asks for nothing where a rule only shows", () => {
    expect(allAcknowledged([notice("G03", { class: "show" })], {}, "")).toBe(true);
  });
});

function finding(
  rule: GovernanceFinding["rule"],
  ruleClass: GovernanceFinding["class"],
  status: GovernanceFinding["status"],
): GovernanceFinding {
  return {
    rule,
    class: ruleClass,
    title: `title of ${rule}`,
    source: `source of ${rule}`,
    status,
    details: [],
    record: null,
  };
}

describe("the list of rules", () => {
  it("puts what needs somebody first: broken, blocking, then by number", () => {
    const rules = [
      finding("G01", "warn", "kept"),
      finding("G42", "warn", "broken"),
      finding("G41", "block", "broken"),
      finding("G20", "block", "broken"),
      finding("G03", "show", "person"),
    ];
    expect(orderedFindings(rules).map(({ rule }) => rule)).toEqual(["G20", "G41", "G42", "G03", "G01"]);
    expect(statusCounts(rules)).toEqual([
      { status: "broken", count: 3 },
      { status: "person", count: 1 },
      { status: "kept", count: 1 },
    ]);
  });
});

describe("rules that a saved configuration breaks", () => {
  const rules = [
    finding("G20", "block", "kept"),
    finding("G21", "block", "kept"),
    finding("G44", "warn", "broken"),
    finding("G41", "block", "broken"),
  ];

  it("are those of its problems, and the checkpoint before a change", () => {
    expect(saveRules({ rules }, []).map(({ rule }) => rule)).toEqual(["G44"]);
    const undefinedKey = "config_v0_3.json: slack: undefined key: expected only the defined keys";
    const wrong = 'config_v0_3.json: max_steps: expected a whole number, found "8"';
    const [first, second, third] = saveRules({ rules }, [undefinedKey, wrong]);
    expect(first).toMatchObject({ rule: "G20", class: "block", text: undefinedKey, source: "source of G20" });
    expect(second).toMatchObject({ rule: "G21", text: wrong });
    expect(third).toMatchObject({ rule: "G44", text: "title of G44" });
    expect([first, second, third].map((rule) => rule?.overridable)).toEqual([true, true, true]);
  });

  it("cannot be overridden where the text is unreadable or another instance is at work", () => {
    const [unreadable] = saveRules({ rules }, checkConfig("{").problems);
    expect(unreadable).toMatchObject({ rule: "G21", overridable: false });
    const busy = [finding("G43", "block", "broken")];
    expect(saveRules({ rules: busy }, [])).toMatchObject([{ rule: "G43", overridable: false }]);
  });
});
