import { mkdir, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import type { Readable } from "node:stream";
import { setTimeout as wait } from "node:timers/promises";
import { execa } from "execa";
import { afterAll, beforeAll, expect, test } from "vitest";
import { bundleProgram } from "../../../support/bundle";
import { rounds, seed } from "../../../support/depth";
import { createRandom } from "../../../support/random";
import { bash, bashConfig, repliesText, writesGoal } from "../../../support/tos/bash-script";
import { readTree, scriptedProgramsForFile, type Tree } from "../../../support/tos/orchestrated-run";
import { temporaryFolder } from "../../../support/temporary-folder";

const kills = rounds(8, 40);

let program: Awaited<ReturnType<typeof bundleProgram>>;
const programs = scriptedProgramsForFile();
beforeAll(async () => {
  program = await bundleProgram("test/support/tos/orchestrator-program.ts");
});
afterAll(() => program.remove());

/** Resolves once a stream has brought so many lines. */
async function someLines(stream: Readable, count: number): Promise<void> {
  let lines = 0;
  await new Promise<void>((resolve) => {
    stream.on("data", (chunk: Buffer) => {
      lines += chunk.toString("latin1").split("\n").length - 1;
      if (lines >= count) resolve();
    });
    stream.on("end", resolve);
  });
}

/** Documents of the contract in a tree, parsed; fails for one that is not whole. */
function wholeDocuments(tree: Tree): Map<string, Record<string, unknown>> {
  const documents = new Map<string, Record<string, unknown>>();
  for (const [path, bytes] of tree) {
    if (!path.endsWith(".json") || basename(path).startsWith(".")) continue;
    documents.set(path, JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes)));
  }
  return documents;
}

test(`kill -9 at ${kills} random points leaves whole files, and the next run takes up from them (seed ${seed})`, async () => {
  const root = join(await temporaryFolder(), "project");
  await mkdir(root);
  await writeFile(join(root, "config_v0_3.json"), bashConfig({ max_steps: 20_000 }));
  await writeFile(join(root, "tos_python_path.txt"), programs().python);
  await writeFile(join(root, "replies.json"), repliesText([bash("echo ran >> ran.txt")]));
  const random = createRandom(seed);
  let killed = 0;
  let lastStep = 0;
  for (let round = 0; round < kills; round += 1) {
    const run = execa(process.execPath, [program.path, root], { reject: false });
    await someLines(run.stdout, 1 + random.below(80));
    await wait(15 * random.next());
    run.kill("SIGKILL");
    const { stdout, signal } = await run;
    if (signal === "SIGKILL") killed += 1;
    const documents = wholeDocuments(await readTree(root));
    const told = stdout
      .split("\n")
      .flatMap((line) => /"kind":"file-written","path":"([^"]+)"/.exec(line)?.[1] ?? []);
    // What was told of is there.
    for (const path of told) expect([...documents.keys()]).toContain(path.slice(root.length + 1));
    const logs = [...documents].filter(([path]) => path.startsWith("logs/steps/"));
    for (const [, log] of logs) expect(Object.keys(log)).toHaveLength(35);
    const state = documents.get("workspace/artifacts/phase_state.json");
    if (state === undefined) continue;
    // The log of a step is written first: the state is never ahead of it, and never falls back.
    expect(logs.length).toBeGreaterThanOrEqual(Number(state["current_step"]) - 1);
    expect(Number(state["current_step"])).toBeGreaterThanOrEqual(lastStep);
    lastStep = Number(state["current_step"]);
  }
  expect(killed).toBe(kills);
  expect(lastStep).toBeGreaterThan(2);

  // One last run, undisturbed, reaches the goal and clears what the kills left.
  await writeFile(join(root, "replies.json"), repliesText([bash(writesGoal)]));
  const { exitCode } = await execa(process.execPath, [program.path, root]);
  expect(exitCode).toBe(0);
  const tree = await readTree(root);
  const documents = wholeDocuments(tree);
  expect(documents.get("logs/phase_summary.json")).toMatchObject({ end_reason: "done", final_done: true });
  expect([...tree.keys()].filter((path) => basename(path).startsWith("."))).toEqual([]);
  await rm(root, { recursive: true });
});
