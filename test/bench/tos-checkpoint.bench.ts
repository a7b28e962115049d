import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { createCheckpoint } from "../../main/tos/repository/create-checkpoint";
import { systemClock } from "../../main/system/clock";
import type { BenchRow } from "./row";
import { percentile, rounded } from "./window/percentile";

const files = 5_000;
const changed = 20;
const pairs = 9;
const mostOverMs = 150;

const environment = {
  PATH: process.env["PATH"] ?? "",
  GIT_CONFIG_NOSYSTEM: "1",
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_AUTHOR_NAME: "Bench",
  GIT_AUTHOR_EMAIL: "bench@example.org",
  GIT_COMMITTER_NAME: "Bench",
  GIT_COMMITTER_EMAIL: "bench@example.org",
};

/** A repository with all its files committed. */
async function makeRepository(root: string): Promise<void> {
  for (let index = 0; index < files; index += 1) {
    const folder = join(root, `folder-${index % 100}`);
    if (index < 100) await mkdir(folder, { recursive: true });
    await writeFile(join(folder, `file-${index}.txt`), `content of ${index}\n`.repeat(20));
  }
  await writeFile(join(root, ".gitignore"), "logs/\n");
  await git(root, "init", "--quiet", "--initial-branch=main");
  await git(root, "config", "gc.auto", "0");
  await git(root, "add", ".");
  await git(root, "commit", "--quiet", "-m", "first");
}

const git = (root: string, ...args: string[]) =>
  execa("git", args, { cwd: root, env: environment, extendEnv: false });

async function change(root: string, turn: number): Promise<void> {
  for (let count = 0; count < changed; count += 1) {
    const index = (turn * 131 + count * 211) % files;
    await writeFile(join(root, `folder-${index % 100}`, `file-${index}.txt`), `turn ${turn}, ${count}\n`);
  }
}

async function timed(act: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await act();
  return performance.now() - started;
}

/** A checkpoint of 20 changed files among 5,000, against nothing but `git add .` and `git commit`, turn by turn. */
export async function run(): Promise<BenchRow[]> {
  const root = await mkdtemp(join(tmpdir(), "gatehouse-bench-checkpoint-"));
  try {
    await makeRepository(root);
    const context = { root, environment, clock: systemClock, operator: "bench", report: () => undefined };
    const bareMs: number[] = [];
    const ownMs: number[] = [];
    const overMs: number[] = [];
    // The first pair warms the disk's cache and is not counted.
    for (let pair = 0; pair <= pairs; pair += 1) {
      await change(root, pair * 2);
      const bare = await timed(async () => {
        await git(root, "add", ".");
        await git(root, "commit", "-m", `bare ${pair}`, "--allow-empty");
      });
      await change(root, pair * 2 + 1);
      const own = await timed(() => createCheckpoint(context, `own ${pair}`));
      if (pair === 0) continue;
      bareMs.push(bare);
      ownMs.push(own);
      overMs.push(own - bare);
    }
    const median = (values: readonly number[]): number => percentile(values, 0.5);
    return [
      { name: `git add and commit, ${changed} of 5,000 files`, value: rounded(median(bareMs)), unit: "ms" },
      {
        name: "checkpoint of the same",
        value: rounded(median(ownMs)),
        unit: "ms",
        ratio: rounded(median(ownMs) / median(bareMs)),
        ratioTo: "bare git",
      },
      {
        name: `checkpoint beyond bare git (median of ${pairs} pairs)`,
        value: rounded(median(overMs)),
        unit: "ms",
        target: `at most ${mostOverMs} ms`,
        met: median(overMs) <= mostOverMs,
      },
    ];
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}
