import type { TosSettings } from "#contract/tos/settings";
import { allowedCommand, configText } from "./base-script";
import type { RunScript } from "./orchestrated-run";

/** Settings that let bash run and take replies from the project's `replies.json`. */
export const scriptedSettings: TosSettings = {
  schemaVersion: 1,
  models: { provider: "scripted", replies: "replies.json" },
  allowBash: true,
};

/** Settings that let bash run and ask the APIs. */
export const bashSettings: TosSettings = { schemaVersion: 1, models: { provider: "api" }, allowBash: true };

export function bash(code: string): { readonly type: string; readonly code: string } {
  return { type: "bash", code };
}

/** Configuration in which bash is an allowed type. */
export function bashConfig(delta: Readonly<Record<string, unknown>> = {}): string {
  return configText({ allow_types: [allowedCommand.type, "bash"], ...delta });
}

/** Text of a file of replies: each step decides on the commands given for it. */
export function repliesText(...steps: readonly (readonly unknown[])[]): string {
  return JSON.stringify({
    schemaVersion: 1,
    steps: steps.map((commands) => ({
      draft: JSON.stringify({ thought: "案", commands }),
      review: JSON.stringify({ review: "よい", approval: true }),
      final: JSON.stringify({ final_commands: commands, summary: "実行" }),
    })),
  });
}

/** A whole run without a key: the first step brings about the goal by bash. */
export function scriptedRun(commands: readonly unknown[] = [bash(writesGoal)]): RunScript {
  return {
    config: bashConfig(),
    settings: scriptedSettings,
    files: new Map([["replies.json", new TextEncoder().encode(repliesText(commands))]]),
    environment: { OPENAI_API_KEY: null, ANTHROPIC_API_KEY: null },
  };
}

/** What reaches the goal in bash. */
export const writesGoal = String.raw`printf '合計: 60\n平均: 20\n件数: 3\n' > workspace/results/result_v2.txt; echo 書いた`;
