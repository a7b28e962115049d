import type { GovernanceFinding } from "#contract/tos/governance";
import type { RuleNotice, TosView } from "#contract/tos/view";
import { ruleOfProblem } from "./problem-place";

function notice(finding: GovernanceFinding, text: string): RuleNotice {
  const { rule, source } = finding;
  return { rule, class: finding.class, text, source, overridable: true };
}

/**
 * Rules that stand in the way of saving a text with these problems: its keys and types (G20, G21), and a checkpoint
 * before a change (G44, spec/tos/governance.md §3 and §5).
 */
export function saveRules(view: Pick<TosView, "rules">, problems: readonly string[]): RuleNotice[] {
  return view.rules.flatMap((finding) => {
    if (finding.rule === "G20" || finding.rule === "G21") {
      const own = problems.filter((problem) => ruleOfProblem(problem) === finding.rule);
      return own.length === 0 ? [] : [notice(finding, own.join("; "))];
    }
    if (finding.rule !== "G44" || (finding.status !== "broken" && finding.status !== "unknown")) return [];
    return [notice(finding, finding.details.length === 0 ? finding.title : finding.details.join("; "))];
  });
}
