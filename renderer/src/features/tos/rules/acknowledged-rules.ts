import type { Acknowledgement } from "#contract/tos/progress";
import type { RuleNotice } from "#contract/tos/view";

/** Why the operator goes on in spite of a rule, by the rule's number; a rule that is not here was not acknowledged. */
export type AcknowledgedRules = Readonly<Partial<Record<RuleNotice["rule"], string>>>;

/**
 * What is sent of what was acknowledged: only rules that stand in the way now, each with its reason trimmed, or the
 * operation's own reason where none was given for it.
 */
export function acknowledgementsOf(
  rules: readonly RuleNotice[],
  acknowledged: AcknowledgedRules,
  reason: string,
): Acknowledgement[] {
  return rules.flatMap(({ overridable, rule }) => {
    const own = acknowledged[rule];
    if (!overridable || own === undefined) return [];
    const given = own.trim() === "" ? reason.trim() : own.trim();
    return given === "" ? [] : [{ rule, reason: given }];
  });
}

/** Whether a rule has to be acknowledged; one that only shows is for a person to judge. */
export function asksForAcknowledgement(notice: Pick<RuleNotice, "class">): boolean {
  return notice.class !== "show";
}

/** Whether every rule that asks for it has been acknowledged with a reason; one that cannot be never is. */
export function allAcknowledged(
  rules: readonly RuleNotice[],
  acknowledged: AcknowledgedRules,
  reason: string,
): boolean {
  const asked = rules.filter(asksForAcknowledgement);
  return acknowledgementsOf(asked, acknowledged, reason).length === asked.length;
}

/** What an operation still waits for, in words; empty when it can be begun. `needsReason`: it is not begun without one. */
export function stillMissing(
  rules: readonly RuleNotice[],
  acknowledged: AcknowledgedRules,
  reason: string,
  needsReason: boolean,
): string[] {
  const ticked = rules.filter(asksForAcknowledgement).filter(({ rule }) => acknowledged[rule] === undefined);
  const isSilent = reason.trim() === "" && (needsReason || !allAcknowledged(rules, acknowledged, reason));
  return [...ticked.map(({ rule }) => `${rule} acknowledged`), ...(isSilent ? ["a reason"] : [])];
}

/** How the reason of an operation is asked for that needs one only where rules stand in the way. */
export function reasonAsked(rules: readonly RuleNotice[]): {
  readonly reasonLabel: string;
  readonly reasonOptional: boolean;
} {
  return rules.length === 0
    ? { reasonLabel: "Reason, if there is something to say", reasonOptional: true }
    : { reasonLabel: "Reason, also for every rule without one of its own", reasonOptional: false };
}
