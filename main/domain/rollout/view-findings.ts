import type { Finding } from "#contract/rollout/verdict";
import type { RuleId } from "#contract/rollout/vocabulary";
import { statusGravity } from "./rules/cell";
import { invalidBaselines, lastCheckOfPhase, pendingEffect } from "./standing";
import type { RolloutState } from "./state";
import { describeHold } from "./view-words";

/** Among findings of one status: errors before health, health before pressure, the release's own papers last. */
const ruleGravity: readonly RuleId[] = [
  "G8",
  "G9",
  "G10",
  "G4",
  "G5",
  "G6",
  "G11",
  "G13",
  "G7",
  "G1",
  "G2",
  "G3",
  "R-BASELINE",
  "R-HOOK",
  "R-STALE",
  "R-PAUSE",
  "G12",
];

/**
 * What holds now: the findings of the last check of the present phase, without those that were settled since by the
 * hook's success or by a new baseline.
 */
export function presentFindings(state: RolloutState): readonly Finding[] {
  const replaced = new Set<Finding["surface"]>(invalidBaselines(state));
  const hookHolds = pendingEffect(state) !== null;
  return (lastCheckOfPhase(state)?.findings ?? []).filter(({ rule, surface }) => {
    if (rule === "R-HOOK") return hookHolds;
    return rule !== "R-BASELINE" || replaced.has(surface);
  });
}

/** Findings with the gravest first; those of one rule keep their order. */
export function gravestFirst(findings: readonly Finding[]): Finding[] {
  return findings.toSorted(
    (left, right) =>
      statusGravity.indexOf(left.status) - statusGravity.indexOf(right.status) ||
      gravityOf(left.rule) - gravityOf(right.rule),
  );
}

function gravityOf(rule: Finding["rule"]): number {
  return ruleGravity.indexOf(rule as RuleId);
}

/**
 * One finding for each thing that is wrong, gravest first. A source that cannot be used holds every rule that reads it:
 * of these one is kept, R-STALE where the surface is stale. So is one of several records that break one rule.
 */
export function distinctReasons(findings: readonly Finding[]): Finding[] {
  const reasons = new Map<string, Finding>();
  for (const finding of gravestFirst(findings)) {
    const key = reasonKey(finding);
    const kept = reasons.get(key);
    if (kept === undefined || (finding.rule === "R-STALE" && kept.rule !== "R-STALE"))
      reasons.set(key, finding);
  }
  return [...reasons.values()];
}

/** Equal for findings that tell an operator of the same thing. */
export function reasonKey({ rule, surface, status }: Finding): string {
  const sharedSource = surface !== null && status !== "failed";
  return sharedSource ? `${surface} ${status}` : `${rule} ${surface ?? ""} ${status}`;
}

/** A finding in one line: `G7 holds on Voice: queue_depth 3; expected at most 1`. */
export function describeFinding(finding: Finding): string {
  return `${describeHold(finding)}: ${finding.observed}; expected ${finding.expected}`;
}
