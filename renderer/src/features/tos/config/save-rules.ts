import type { GovernanceFinding } from "#contract/tos/governance";
import type { RuleNotice, TosView } from "#contract/tos/view";
import { ruleOfProblem } from "./problem-place";

function notice(finding: GovernanceFinding, text: string): RuleNotice {
  const { rule, source } = finding;
  return { rule, class: finding.class, text, source, overridable: rule !== "G43" };
}

/** A text the orchestrator cannot even read is not saved, whatever is acknowledged. */
function isUnreadable(problem: string): boolean {
  return /\bis not valid JSON\b|\bbyte order mark\b/.test(problem);
}

/**
 * Rules that stand in the way of saving a text with these problems: its keys and types (G20, G21), another instance at
 * work (G43), and a checkpoint before a change (G44; spec/tos/governance.md §3 and §5). The host judges again.
 */
export function saveRules(view: Pick<TosView, "rules">, problems: readonly string[]): RuleNotice[] {
  return view.rules.flatMap((finding) => {
    if (finding.rule === "G20" || finding.rule === "G21") {
      const own = problems.filter((problem) => ruleOfProblem(problem) === finding.rule);
      if (own.length === 0) return [];
      return [{ ...notice(finding, own.join("; ")), overridable: !own.some(isUnreadable) }];
    }
    if (
      (finding.rule !== "G43" && finding.rule !== "G44") ||
      (finding.status !== "broken" && finding.status !== "unknown")
    )
      return [];
    return [notice(finding, finding.details.length === 0 ? finding.title : finding.details.join("; "))];
  });
}
