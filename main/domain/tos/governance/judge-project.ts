import type { GovernanceFinding } from "#contract/tos/governance";
import type { TosRunView } from "#contract/tos/progress";
import type { RepositoryView } from "#contract/tos/repository";
import type { ProjectReading } from "./project-reading";
import { canonicalRules } from "./rules/canon";
import { changeRules } from "./rules/changes";
import { orderRules } from "./rules/order";
import { canonicalContext, startConditions } from "./rules/start-conditions";

/**
 * How the project stands with every rule a program can decide (spec/tos/governance.md), in the order of their numbers.
 * `runs` newest first, `now` in Unix milliseconds. A rule that could not be decided is `unknown`, which counts as not kept.
 */
export function judgeProject(
  reading: ProjectReading,
  repository: RepositoryView,
  runs: readonly TosRunView[],
  now: number,
): GovernanceFinding[] {
  const facts = { reading, repository, runs, now };
  const canon = canonicalRules(facts);
  const findings = [
    ...startConditions(facts),
    canonicalContext(canon),
    ...canon,
    ...changeRules(facts, canon),
    ...orderRules(facts),
  ];
  return findings.toSorted((left, right) => (left.rule < right.rule ? -1 : 1));
}
