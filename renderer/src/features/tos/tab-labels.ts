import type { TosTab } from "../../state/route";

/** What the tabs of the task orchestrator's page are called. */
export const tosTabLabels: Readonly<Record<TosTab, string>> = {
  run: "Run",
  steps: "Steps",
  checkpoints: "Checkpoints",
  config: "Configuration",
  rules: "Rules",
};
