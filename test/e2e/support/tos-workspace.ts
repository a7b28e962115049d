import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { prepareDemoProject } from "../../../main/workspace/demo-project";
import { projectRoot } from "../../../resources/setup/project.mjs";
import { ObservedWorkspace } from "./observed-workspace";

/** A workspace with the demo's TOS project: scripted models, real commands, a repository of its own. */
export interface TosWorkspace {
  readonly workspace: ObservedWorkspace;
  /** The project's folder. */
  readonly root: string;
  /** Has the models answer this, step after step, the last one again and again. */
  script(steps: readonly TosReply[], delayMs?: number): Promise<void>;
  /** Shortens the time the demo's own models take to answer. */
  hurry(delayMs: number): Promise<void>;
}

/** What the three models answer in one step. */
export interface TosReply {
  readonly draft: string;
  readonly review: string;
  readonly final: string;
}

/** A step whose final decision is these commands of `bash`. */
export function commandsReply(...codes: readonly string[]): TosReply {
  return {
    draft: '{"thought": "手順を考える", "commands": []}',
    review: '{"review": "問題なし", "approval": true}',
    final: JSON.stringify({
      final_commands: codes.map((code) => ({ type: "bash", code })),
      summary: "要約",
    }),
  };
}

/** A command that meets the project's goal. */
export const goalCommand =
  "mkdir -p workspace/results && printf '合計: 6\\n平均: 2\\n件数: 3\\n' > workspace/results/result_v2.txt";

const replies = ".gatehouse/replies.json";

/** Makes the workspace in a temporary folder; removing it is the caller's (`workspace.remove`). */
export async function tosWorkspace(): Promise<TosWorkspace> {
  const workspace = await ObservedWorkspace.create();
  await workspace.writeSettings({ schemaVersion: 1, name: "Harbor", tosRoot: "tos", surfaces: {} });
  await prepareDemoProject({
    shippedDirectory: join(projectRoot, "fixtures/demo/tos"),
    workspacePath: workspace.path,
    interpreter: process.execPath,
    environment: process.env,
  });
  const root = join(workspace.path, "tos");
  const write = async (delayMs: number, steps: readonly TosReply[]): Promise<void> =>
    writeFile(join(root, replies), JSON.stringify({ schemaVersion: 1, delayMs, steps }));
  return {
    workspace,
    root,
    script: async (steps, delayMs = 20) => write(delayMs, steps),
    async hurry(delayMs) {
      const { steps } = JSON.parse(await readFile(join(root, replies), "utf8")) as { steps: TosReply[] };
      await write(delayMs, steps);
    },
  };
}
