import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { gitIn } from "../../../support/tos/git-in";
import { type LauncherProject, openLauncherProject } from "../../../support/tos/launched";
import type { ScriptedPrograms } from "../../../support/tos/orchestrated-run";
import { readRecordedRun } from "../../../support/tos/recorded-run";

/** Writes what the goal asks for; the scripted shell does it whatever the code says. */
const reachesGoal = {
  rc: 0,
  writes: [{ path: "workspace/results/result_v2.txt", text: "合計: 60\r\n平均: 20\r\n件数: 3\r\n" }],
};
const command = { type: "powershell", code: "Set-Content -Path workspace/results/result_v2.txt -Value x" };
const step = {
  draft: JSON.stringify({ thought: "合計を書く", commands: [command] }),
  review: JSON.stringify({ review: "ok", improved_commands: [command], approval: true }),
  final: JSON.stringify({ final_commands: [command], summary: "結果を書いた" }),
};

/**
 * A project with scripted models and everything the rules ask for, in a folder without a repository; `git` makes one of
 * it, with an identity and one commit.
 */
export async function openPracticeProject(
  programs: ScriptedPrograms,
  { git = true }: { readonly git?: boolean } = {},
): Promise<LauncherProject> {
  const recorded = await readRecordedRun("02_one_step_done/run_1");
  const project = await openLauncherProject(
    { ...recorded.script, shell: Array.from({ length: 20 }, () => reachesGoal) },
    programs,
  );
  onTestFinished(() => project.close());
  const { root } = project;
  await mkdir(join(root, "docs"));
  await mkdir(join(root, ".gatehouse"));
  await writeFile(join(root, "docs/s5_closeout.md"), "closed\n");
  await writeFile(join(root, ".gitignore"), "logs/\nworkspace/\n.gatehouse/\ntos_python_path.txt\n");
  await writeFile(join(root, "replies.json"), JSON.stringify({ schemaVersion: 1, steps: [step] }));
  const models = { provider: "scripted", replies: "replies.json" };
  await writeFile(join(root, ".gatehouse/tos.json"), JSON.stringify({ schemaVersion: 1, models }));
  if (git) {
    await gitIn(root, "init", "-q", "-b", "main");
    await gitIn(root, "config", "user.name", "Mia");
    await gitIn(root, "config", "user.email", "mia@example.invalid");
    await gitIn(root, "add", ".");
    await gitIn(root, "commit", "-q", "-m", "Begin");
  }
  return project;
}

/** Adds a word to `deny_if_contains`, as the seed's verification procedure does. */
export async function denyWord(root: string, word: string): Promise<void> {
  const path = join(root, "config_v0_3.json");
  const text = await readFile(path, "utf8");
  await writeFile(path, text.replace('"Remove-Item",', `"Remove-Item",\n      "${word}",`));
}
