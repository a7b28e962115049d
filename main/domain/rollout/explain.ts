import type { JudgedCell } from "./rules/cell";
import { rules } from "./rules/rules";
import { recordedStatus } from "./recorded-status";
import { ruleTexts } from "./rule-texts";
import type { ExplainCell, RolloutState } from "./state";
import { countUnhealthyChecks } from "./triggers/unhealthy-checks";
import type { CheckRecord } from "#contract/rollout/journal";
import type { CellExplanation } from "#contract/rollout/verdict";
import type { RuleId } from "#contract/rollout/vocabulary";
import type { SurfaceId } from "#contract/identity";

/** The cells of a rule judged once more, for what a record of the check does not keep: the figures of a pass. */
function judgedAgain(
  state: RolloutState,
  { check, observation }: CheckRecord,
  rule: RuleId,
): readonly JudgedCell[] {
  // The state may have the check folded in already; it must not be counted twice.
  const unhealthyChecks =
    state.checks >= check ? state.unhealthyChecks : countUnhealthyChecks(state, observation);
  return rules[rule]({ state, observation, unhealthyChecks });
}

/**
 * Why a recorded check said what it said of one cell. The verdict and its findings are the recorded ones; only what a
 * record does not keep (the figures of a pass, or of a rule the phase does not demand) is read from its observation
 * again. A cell that does not exist, such as G2 of a surface, reads as `no-samples`.
 */
export const explainCell: ExplainCell = (state, check, rule, surface) =>
  explain(check, rule, surface, judgedAgain(state, check, rule));

/** The same for several cells of one rule, which is judged only once for them. */
export function explainCells(
  state: RolloutState,
  check: CheckRecord,
  rule: RuleId,
  surfaces: readonly (SurfaceId | null)[],
): CellExplanation[] {
  const again = judgedAgain(state, check, rule);
  return surfaces.map((surface) => explain(check, rule, surface, again));
}

function explain(
  check: CheckRecord,
  rule: RuleId,
  surface: SurfaceId | null,
  cells: readonly JudgedCell[],
): CellExplanation {
  const { title, source } = ruleTexts[rule];
  const status = recordedStatus(check, rule, surface);
  const recorded = check.findings.filter((finding) => finding.rule === rule && finding.surface === surface);
  const again = cells.find((cell) => cell.surface === surface) ?? null;
  const isSame = again?.status === status;
  const findings = recorded.length > 0 || !isSame ? recorded : [...again.findings];
  const decisive = findings.find((finding) => finding.status === status) ?? findings[0] ?? again;
  return {
    rule,
    surface,
    check: check.check,
    status,
    title,
    source,
    expected: decisive?.expected ?? "",
    observed:
      findings.length > 0 || isSame
        ? (decisive?.observed ?? "")
        : `${status} when check ${check.check} was judged`,
    record: decisive?.record ?? null,
    findings,
  };
}
