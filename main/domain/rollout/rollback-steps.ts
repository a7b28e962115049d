import type { RolloutView } from "#contract/rollout/view";

type RollbackStep = NonNullable<RolloutView["rollback"]>["steps"][number];

const byHand = "By hand for now: Gatehouse neither runs this step nor knows when it is done.";

/** Rollback execution steps, word for word (seed 003; spec/tau/rollout.md §5). */
const steps: readonly { readonly title: string; readonly instruction: string }[] = [
  {
    title: "Capture evidence before cleanup",
    instruction: [
      "- `.tau/live-run-unified/report.json`",
      "- `.tau/live-run-unified/manifest.json`",
      "- per-surface logs under `.tau/live-run-unified/surfaces/`",
    ].join("\n"),
  },
  {
    title: "Inspect rollback target metadata",
    instruction: [
      "cargo run -p tau-coding-agent -- --model openai/gpt-4o-mini <<'EOF'",
      "/release-channel show",
      "/quit",
      "EOF",
    ].join("\n"),
  },
  {
    title: "Apply rollback plan to target version metadata",
    instruction: [
      "cargo run -p tau-coding-agent -- --model openai/gpt-4o-mini <<'EOF'",
      "/release-channel apply --target <rollback_version>",
      "/quit",
      "EOF",
    ].join("\n"),
  },
  {
    title: "Revert/redeploy to the last known-good revision",
    instruction: "git revert <release_commit_sha>",
  },
  {
    title: "Re-run unified validation before reopening rollout",
    instruction: "./scripts/demo/live-run-unified.sh --skip-build --timeout-seconds 180",
  },
];

/**
 * The six steps of a rollback that was opened at `openedUnixMs`. The first is done by opening it: the journal holds the
 * incident time. The others are the operator's, in this order; the last wipes what the second must have captured.
 */
export function rollbackSteps(openedUnixMs: number): RollbackStep[] {
  const frozen: RollbackStep = {
    step: 1,
    title: "Freeze promotion and record incident timestamp",
    instruction: `Done. Incident timestamp: ${new Date(openedUnixMs).toISOString()}`,
    state: "done",
  };
  return [
    frozen,
    ...steps.map(({ title, instruction }, index) => ({
      step: index + 2,
      title,
      instruction: `${instruction}\n\n${byHand}`,
      state: "open" as const,
    })),
  ];
}
