import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { ScriptedReplies } from "#contract/tos/settings";
import { prepareDemoProject } from "../../../main/workspace/demo-project";
import { projectRoot } from "../../../resources/setup/project.mjs";

/** A workspace without surfaces that run, and the demo's TOS project in it, with replies of the test's own. */
export interface DeskWorkspace {
  readonly path: string;
  /** Folder of the project. */
  readonly root: string;
  /** From the next run on, the models decide on these commands, step by step. */
  decide(steps: readonly (readonly string[])[], delayMs?: number): Promise<void>;
  read(file: string): Promise<string>;
  write(file: string, text: string): Promise<void>;
}

/** Writes the three keywords: the goal of a run (spec/tos/orchestrator.md §9). */
export const reachesGoal = `printf '合計: 6\\n平均: 2\\n件数: 3\\n' > workspace/results/result_v2.txt`;

/** Makes the workspace in an empty folder. */
export async function createDeskWorkspace(path: string): Promise<DeskWorkspace> {
  const root = join(path, "tos");
  await mkdir(join(path, ".gatehouse"), { recursive: true });
  const settings = { schemaVersion: 1, name: "Desk", tosRoot: "tos", surfaces: {} };
  await writeFile(join(path, ".gatehouse/settings.json"), JSON.stringify(settings));
  await prepareDemoProject({
    shippedDirectory: join(projectRoot, "fixtures/demo/tos"),
    workspacePath: path,
    interpreter: process.execPath,
    environment: process.env,
  });
  const workspace: DeskWorkspace = {
    path,
    root,
    async decide(steps, delayMs = 0) {
      const replies: ScriptedReplies = { schemaVersion: 1, delayMs, steps: steps.map(replyOf) };
      await workspace.write(".gatehouse/replies.json", JSON.stringify(replies));
    },
    read: (file) => readFile(join(root, file), "utf8"),
    write: (file, text) => writeFile(join(root, file), text),
  };
  await workspace.decide([["echo looked round"], [reachesGoal]]);
  return workspace;
}

function replyOf(codes: readonly string[]): ScriptedReplies["steps"][number] {
  const commands = codes.map((code) => ({ type: "bash", code }));
  return {
    draft: JSON.stringify({ thought: "", commands }),
    review: JSON.stringify({ review: "", improved_commands: commands, approval: true }),
    final: JSON.stringify({ final_commands: commands, summary: "" }),
  };
}
