import type { GovernanceClass, GovernanceRuleId } from "#contract/tos/vocabulary";

/** What a rule is called, where it stands, and how heavily it weighs (spec/tos/governance.md). */
export interface RuleText {
  readonly title: string;
  readonly source: string;
  readonly class: GovernanceClass;
}

const written = (title: string, source: string, ruleClass: GovernanceClass): RuleText => ({
  title,
  source,
  class: ruleClass,
});

const start = (number: number): string => `seed 004, S-6 運用開始条件 ${number}; spec/tos/governance.md §2`;
const canon = "seed 004, 正史に反する運用の禁止";
const specification = "spec/tos/governance.md";

/** Titles, sources and classes of the rules a program can decide. */
export const ruleTexts: Readonly<Record<GovernanceRuleId, RuleText>> = {
  G01: written("S-5 closeout completed", `${start(1)} G01`, "warn"),
  G02: written("Canonical context v1.0 respected", `${start(2)} G02`, "block"),
  G03: written("Operator understands the runbook", `${start(3)} G03`, "show"),
  G04: written("Both API keys set", `${start(4)} G04`, "block"),
  G05: written("Checkpoint made before execution", `${start(5)} G05`, "warn"),
  G20: written("No undefined key in the configuration", `${canon} 1; ${specification} §3 G20`, "block"),
  G21: written("No defined key removed or retyped", `seed 004, 絶対禁止 4; ${specification} §3 G21`, "block"),
  G23: written("Orchestrator unmodified", `${canon} 2; ${specification} §3 G23`, "block"),
  G24: written("Launcher unmodified", `${canon} 2; ${specification} §3 G24`, "block"),
  G27: written("Inputs and outputs in their defined form", `${canon} 3; ${specification} §3 G27`, "warn"),
  G30: written(
    "No change in orchestrator, tools or configuration schema",
    `seed 004, 絶対禁止 1-5; ${specification} §4 G30`,
    "warn",
  ),
  G31: written("S-5 documents unchanged", `seed 004, S-5 変更禁止; ${specification} §4 G31`, "block"),
  G32: written("Files of runs stay out of git", `${specification} §4 G32`, "warn"),
  G33: written("No API key in any file", `${specification} §4 G33`, "warn"),
  G40: written("A cleanrun before the first run", `seed 004, S-5 job_loop; ${specification} §5 G40`, "warn"),
  G41: written("No run after a failed test", `${specification} §5 G41`, "block"),
  G42: written("No cleanrun in the middle of a job loop", `${specification} §5 G42`, "warn"),
  G43: written("One instance at a time", `${specification} §5 G43`, "block"),
  G44: written(
    "Checkpoint before a risky change",
    `seed 004, checkpoint and rollback; ${specification} §5 G44`,
    "warn",
  ),
  G46: written(
    "Rollback only from a clean tree, to a named commit",
    `seed 004, rollback mode; ${specification} §5 G46`,
    "block",
  ),
};
