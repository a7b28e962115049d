import type { RuleId } from "#contract/rollout/vocabulary";

/** What a rule is called, where it is written, and whether it is judged per surface or for the release as a whole. */
export interface RuleText {
  readonly title: string;
  readonly source: string;
  readonly scope: "surface" | "release";
}

const written = (title: string, source: string, scope: RuleText["scope"]): RuleText => ({
  title,
  source,
  scope,
});

/** Titles and sources of all rules (seed 003, cross-surface rollout contract; spec/tau/rollout.md §3). */
export const ruleTexts: Readonly<Record<RuleId, RuleText>> = {
  G1: written("Harness passed", "seed 003, preflight; spec/tau/rollout.md §3 G1", "release"),
  G2: written("CI matrix green", "seed 003, preflight; spec/tau/rollout.md §3 G2", "release"),
  G3: written("Rollback target", "seed 003, preflight; spec/tau/rollout.md §3 G3", "release"),
  G4: written("Healthy", "seed 003, canary-1; spec/tau/rollout.md §3 G4", "surface"),
  G5: written("No failure streak", "seed 003, canary-1; spec/tau/rollout.md §3 G5", "surface"),
  G6: written("Last cycle clean", "seed 003, canary-1; spec/tau/rollout.md §3 G6", "surface"),
  G7: written("Last cycle's backlog", "seed 003, canary-1; spec/tau/rollout.md §3 G7", "surface"),
  G8: written("No new hard errors", "seed 003, canary-1; spec/tau/rollout.md §3 G8", "surface"),
  G9: written("Browser timeline", "seed 003, canary-2; spec/tau/rollout.md §3 G9", "release"),
  G10: written("No trigger fired", "seed 003, canary-2; spec/tau/rollout.md §3 G10", "release"),
  G11: written("Retries flat", "seed 003, canary-3; spec/tau/rollout.md §3 G11", "surface"),
  G12: written(
    "Sign-off checklist",
    "seed 003, general-availability; spec/tau/rollout.md §3 G12; spec/tau/live-run.md §6",
    "release",
  ),
  G13: written("Surface runbook", "spec/tau/live-run.md §7; spec/tau/rollout.md §3 G13", "surface"),
  "R-STALE": written("Evidence fresh", "spec/tau/rollout.md §3 R-STALE", "surface"),
  "R-PAUSE": written("Dashboard not paused", "spec/tau/rollout.md §3 R-PAUSE, §7 row 24", "release"),
  "R-BASELINE": written("Log is the baseline's", "spec/tau/rollout.md §7 row 11", "surface"),
  "R-HOOK": written("Percent given to the world", "rollout profile, percentHook", "release"),
};
