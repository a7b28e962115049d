import type { GovernanceFinding } from "#contract/tos/governance";
import type { RepositoryView } from "#contract/tos/repository";
import type { RuleNotice } from "#contract/tos/view";
import type { GovernanceClass, GovernanceRuleId, TosOperation } from "#contract/tos/vocabulary";
import { checkConfig } from "../config-check/check-config";
import { checkpointStanding } from "./checkpoint-standing";
import type { ProjectReading } from "./project-reading";
import { missingTarget, rollbackHindrances } from "./rules/order";
import { ruleTexts } from "./rule-texts";

/** What rules are asked about: an operation of a run, or the change of the configuration's text. */
export type RuledOperation = TosOperation | "save-config";

/** What is known of the operation besides its name. */
export interface NoticeContext {
  readonly repository: RepositoryView;
  /** Whether the state of earlier runs is cleaned away first (`-Clean`). */
  readonly clean?: boolean;
  /** Target of a rollback; null or absent: the last checkpoint. */
  readonly target?: string | null;
  /** The text that is to be saved. */
  readonly configText?: string;
}

/** Rules that anything which runs the orchestrator must keep. */
const execution = ["G01", "G04", "G20", "G21", "G23", "G24", "G27", "G33", "G43"] as const;

/** Which rules bite where (spec/tos/governance.md §§2-5). The rest are shown, and stand in nobody's way. */
const biting: Readonly<Record<RuledOperation, readonly GovernanceRuleId[]>> = {
  run: [...execution, "G05", "G40", "G41"],
  test: [...execution, "G05"],
  cleanrun: [...execution, "G05", "G42"],
  checkpoint: ["G30", "G31", "G32", "G33", "G43"],
  rollback: ["G43"],
  undo: ["G43"],
  finish: ["G43"],
  stash: ["G43"],
  discard: ["G43"],
  "save-config": ["G43", "G44"],
};

/** The thing is impossible, or the launcher itself refuses it in its own words: no acknowledgement helps. */
const impossible: ReadonlySet<GovernanceRuleId> = new Set(["G04", "G43", "G46"]);

/**
 * The rules that stand in the way of an operation now, in the order of their numbers: each is to be acknowledged by name
 * or, where it is not `overridable`, makes the operation impossible. Those that are not overridable are also refused by
 * the launcher's own steps (keys by init, a second instance by the lock, a dirty tree by rollback), so that a command
 * line may leave them to it. G05 blocks only what cleans first (spec/tos/governance.md §2).
 */
export function ruleNotices(
  operation: RuledOperation,
  findings: readonly GovernanceFinding[],
  reading: ProjectReading,
  context: NoticeContext,
): RuleNotice[] {
  const cleans = operation === "cleanrun" || context.clean === true;
  const rules = biting[operation === "run" && cleans ? "cleanrun" : operation];
  const notices = findings
    .filter(({ rule, status }) => rules.includes(rule) && (status === "broken" || status === "unknown"))
    .filter(({ rule, status }) => !isLeftToTheOrchestrator(rule, status))
    .map(({ rule, details }) => notice(rule, details, classOf(rule, cleans)));
  if (operation === "test" && cleans) notices.push(...only("G42", findings));
  if (operation === "rollback") notices.push(...rollbackNotices(context));
  if (operation === "save-config")
    notices.push(...textNotices(context.configText ?? reading.config.file.text));
  return notices.toSorted((left, right) => (left.rule < right.rule ? -1 : 1));
}

/** A configuration that is missing or cannot be read ends the orchestrator with words of its own (spec/tos/orchestrator.md §5). */
function isLeftToTheOrchestrator(rule: GovernanceRuleId, status: GovernanceFinding["status"]): boolean {
  return (rule === "G20" || rule === "G21") && status === "unknown";
}

function classOf(rule: GovernanceRuleId, cleans: boolean): GovernanceClass {
  return rule === "G05" && cleans ? "block" : ruleTexts[rule].class;
}

function only(wanted: GovernanceRuleId, findings: readonly GovernanceFinding[]): RuleNotice[] {
  return findings
    .filter(({ rule, status }) => rule === wanted && status === "broken")
    .map(({ details }) => notice(wanted, details));
}

function rollbackNotices({ repository, target = null }: NoticeContext): RuleNotice[] {
  const hindrances = [...rollbackHindrances(repository), ...missingTarget(repository, target)];
  const { surprise } = checkpointStanding(repository);
  return [
    ...(hindrances.length === 0 ? [] : [notice("G46", hindrances)]),
    ...(target === null && surprise !== "" ? [notice("G05", [surprise], "warn")] : []),
  ];
}

function textNotices(text: string): RuleNotice[] {
  const check = checkConfig(text);
  if (check.unreadable !== "") return [{ ...notice("G21", [check.unreadable]), overridable: false }];
  return (["G20", "G21"] as const).flatMap((rule) => {
    const details = check.findings.filter((problem) => problem.rule === rule).map((problem) => problem.text);
    return details.length === 0 ? [] : [notice(rule, details)];
  });
}

function notice(
  rule: GovernanceRuleId,
  details: readonly string[],
  ruleClass: GovernanceClass = ruleTexts[rule].class,
): RuleNotice {
  const { title, source } = ruleTexts[rule];
  const shown = details.slice(0, 5);
  const more = details.length > shown.length ? `; and ${details.length - shown.length} more` : "";
  const text = shown.length === 0 ? title : `${title}: ${shown.join("; ")}${more}`;
  return { rule, class: ruleClass, text, source, overridable: !impossible.has(rule) };
}
