import { readFileSync } from "node:fs";
import { execa } from "execa";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { RollbackPreview } from "#contract/tos/repository";
import { recoveryRef, type RecoveryRecord } from "#domain/tos/repository/recovery-record";
import { textOfPath } from "../../../../main/tos/repository/disk-path";
import { finishRollback } from "../../../../main/tos/repository/finish-rollback";
import { previewRollback } from "../../../../main/tos/repository/preview";
import { listRecoveries } from "../../../../main/tos/repository/recovery-store";
import { undoRollback } from "../../../../main/tos/repository/undo-rollback";
import { systemClock } from "../../../../main/system/clock";
import { bundleProgram } from "../../../support/bundle";
import { rounds, seed } from "../../../support/depth";
import { temporaryFolder } from "../../../support/temporary-folder";
import { killRun, type KillPoint } from "./kill-run";
import { createRandom, type Random } from "../../../support/random";
import { makeRandomTree, type RandomTree } from "./random-tree";
import { differences, snapshotTree, type TreeSnapshot } from "./tree-snapshot";

/** All of them are as many as the rollback was accepted with. */
const trees = rounds(8, 500);
/** Trees at once; git and the disk take turns. */
const lanes = 3;

let program: Awaited<ReturnType<typeof bundleProgram>>;
beforeAll(async () => {
  program = await bundleProgram("test/integration/tos/repository/killed-program.ts");
});
afterAll(() => program.remove());

const wish = { reason: "test", previewId: null, print: () => undefined };
const contextOf = ({ root, environment }: RandomTree) => ({
  root,
  environment,
  clock: systemClock,
  operator: "operator",
  report: () => undefined,
});

const git = async ({ root, environment }: RandomTree, ...args: string[]): Promise<string> =>
  (await execa("git", args, { cwd: root, env: environment, extendEnv: false })).stdout;

/** Where HEAD and the branch are, and what the index holds. */
async function gitState(tree: RandomTree): Promise<string> {
  const read = (path: string): string => readFileSync(`${tree.root}/.git/${path}`, "utf8");
  return `${read("HEAD")}${read("refs/heads/main")}${await git(tree, "ls-files", "--stage", "-z")}`;
}

/** How long runs take from one word to the next, as far as they were seen. */
const lengths = { untilKeptMs: 60, untilEndMs: 60 };
function learn(name: keyof typeof lengths, seen: number | null): void {
  if (seen !== null) lengths[name] = lengths[name] * 0.8 + seen * 0.2;
}

/** Half of the kills anywhere, half where files are moved; a few later than the end. */
function killPoint(random: Random): KillPoint {
  return random.chance(0.4)
    ? { after: "ready", delayMs: random.next() * (lengths.untilKeptMs + lengths.untilEndMs) }
    : { after: "kept", delayMs: random.next() * lengths.untilEndMs * 1.1 };
}

/** Files that are no longer as they were, and that the preview did not name. */
function unforeseen(before: TreeSnapshot, now: TreeSnapshot, preview: RollbackPreview): string[] {
  const foretold = new Set(preview.files.map(({ path }) => path));
  return [...before].flatMap(([path, was]) =>
    path.endsWith("/") || now.get(path) === was || foretold.has(textOfPath(path)) ? [] : [path],
  );
}

const counts = { unmoved: 0, interrupted: 0, done: 0, finished: 0, undoKilled: 0, refused: 0 };

async function killAndRestore(tree: RandomTree, random: Random, where: string): Promise<void> {
  const context = contextOf(tree);
  const [before, stateBefore] = [snapshotTree(tree.root), await gitState(tree)];
  const preview = await previewRollback(context, tree.target);
  if (preview.obstacles.length > 0) {
    counts.refused += 1;
    return;
  }
  const killed = await killRun(program.path, tree, "rollback", tree.target, killPoint(random));
  learn("untilKeptMs", killed.untilKeptMs);
  learn("untilEndMs", killed.untilEndMs);
  const cut = snapshotTree(tree.root);
  expect(unforeseen(before, cut, preview), `${where}: gone without being in the preview`).toEqual([]);
  const { records, problems } = await listRecoveries(tree.root);
  expect(problems, where).toEqual([]);
  const [record] = records;
  if (record === undefined) {
    counts.unmoved += 1;
    expect(differences(before, cut), `${where}: nothing was kept, so nothing may have moved`).toEqual([]);
    // A preview costs some time: not every tree's is looked at twice.
    if (random.chance(0.3)) {
      const { previewId, obstacles } = await previewRollback(context, tree.target);
      expect({ previewId, obstacles }, where).toEqual({ previewId: preview.previewId, obstacles: [] });
    }
    expect(await gitState(tree), where).toBe(stateBefore);
    return;
  }
  const ref = readFileSync(`${tree.root}/.git/${recoveryRef(record.recoveryId)}`, "utf8").trim();
  expect([ref, record.from.hash], where).toEqual([record.commit, preview.from.hash]);
  await restore(tree, random, record, where);
  expect(differences(before, snapshotTree(tree.root)), `${where}: everything is back`).toEqual([]);
  expect(await gitState(tree), where).toBe(stateBefore);
  const settled = await listRecoveries(tree.root);
  expect(
    settled.records.filter(({ state }) => state === "open"),
    where,
  ).toEqual([]);
}

/** Brings everything back, now and then by a detour: the rollback is finished first, or the undo is killed as well. */
async function restore(
  tree: RandomTree,
  random: Random,
  record: RecoveryRecord,
  where: string,
): Promise<void> {
  const { recoveryId } = record;
  counts[record.state === "open" ? "interrupted" : "done"] += 1;
  if (record.state === "open" && random.chance(0.15)) {
    counts.finished += 1;
    const { head } = await finishRollback(contextOf(tree), { ...wish, recoveryId });
    expect(head, where).toBe(record.toHash);
    expect(await git(tree, "diff-index", "--cached", record.toHash), where).toBe("");
  } else if (random.chance(0.12)) {
    counts.undoKilled += 1;
    await killRun(program.path, tree, "undo", recoveryId, killPoint(random));
    const { records } = await listRecoveries(tree.root);
    const undo = records.find(({ undoes }) => undoes === recoveryId);
    if (undo?.state === "done") return;
    if (undo?.state === "open" && random.chance(0.5)) {
      await finishRollback(contextOf(tree), { ...wish, recoveryId: undo.recoveryId });
      return;
    }
  }
  await undoRollback(contextOf(tree), { ...wish, recoveryId });
}

/** Where a kill falls is up to the machine: trees go on until enough have fallen into the move, and one before it. */
const isTelling = (): boolean => counts.interrupted > trees / 10 && counts.unmoved > 0;

test(`a rollback that is killed at any point has lost nothing, and its recovery brings all of it back: ${trees} trees (seed ${seed})`, async () => {
  const folder = await temporaryFolder();
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let number = next++; number < trees || (!isTelling() && number < trees * 10); number = next++) {
      const random = createRandom(seed * 1_000 + number);
      const tree = await makeRandomTree(folder, `tree-${number}`, random);
      await killAndRestore(tree, random, `tree ${number} of seed ${seed}`);
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  process.stdout.write(`killed rollbacks: ${JSON.stringify(counts)}\n`);
  expect(isTelling(), "kills fall into the move itself, and before it").toBe(true);
});
