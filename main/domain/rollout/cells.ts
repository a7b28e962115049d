import { surfaceIds, type SurfaceId } from "#contract/identity";
import type { CellView } from "#contract/rollout/view";
import { ruleIds, type RuleId } from "#contract/rollout/vocabulary";
import { explainCells } from "./explain";
import { ruleTexts } from "./rule-texts";
import type { RolloutState } from "./state";

const longest = 120;

/** Surfaces a rule is judged for: all five, or the release as a whole. */
const scopeOf = (rule: RuleId): readonly (SurfaceId | null)[] =>
  ruleTexts[rule].scope === "surface" ? surfaceIds : [null];

/**
 * The matrix as the last check left it, rules in their order and surfaces in theirs; empty before the first check.
 * `state` has the check folded in.
 */
export function cellsOf(state: RolloutState): CellView[] {
  const { lastCheck } = state;
  if (lastCheck === null) return [];
  return ruleIds.flatMap((rule) =>
    explainCells(state, lastCheck, rule, scopeOf(rule)).map(({ surface, status, observed }) => {
      // The row names the figure already, so its name is not said again.
      const brief = observed.replace(/^[a-z_]+=/u, "");
      const shown = brief.length > longest ? `${brief.slice(0, longest - 1)}…` : brief;
      return { rule, surface, status, observed: shown };
    }),
  );
}
