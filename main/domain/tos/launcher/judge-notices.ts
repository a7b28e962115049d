import type { RuleNotice } from "#contract/tos/view";
import type { GovernanceRuleId } from "#contract/tos/vocabulary";
import type { Provenance } from "./arguments";

/** What is said of the rules in an operation's way, and those that refuse it. */
export interface RuleVerdict {
  readonly lines: readonly string[];
  readonly refused: readonly GovernanceRuleId[];
}

/**
 * Decides on the rules that stand in an operation's way. One that blocks must be acknowledged by name; one that warns,
 * too, when a window asks, while a command line is told and goes on, for the reference takes no acknowledgement and its
 * exit codes are law. What no acknowledgement helps against is left to the step that refuses it in the launcher's words.
 */
export function judgeNotices(
  notices: readonly RuleNotice[],
  { from, acknowledgements }: Pick<Provenance, "from" | "acknowledgements">,
): RuleVerdict {
  const lines: string[] = [];
  const refused: GovernanceRuleId[] = [];
  for (const { rule, class: ruleClass, text, overridable } of notices) {
    if (!overridable || ruleClass === "show") continue;
    const acknowledged = acknowledgements.find((each) => each.rule === rule);
    if (acknowledged !== undefined) {
      lines.push(`governance: ${rule} ${text} (acknowledged: ${acknowledged.reason})`);
    } else if (ruleClass === "warn" && from === "command line") {
      lines.push(`governance: ${rule} ${text} (warning)`);
    } else {
      refused.push(rule);
      lines.push(
        `governance: ${rule} ${text} (refused; --acknowledge ${rule}=REASON goes on in spite of it)`,
      );
    }
  }
  return { lines, refused };
}
