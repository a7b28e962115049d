import { expect, test } from "vitest";
import { execa } from "execa";
import type { RollbackPreview } from "#contract/tos/repository";
import { textOfPath } from "../../../../main/tos/repository/disk-path";
import { previewRollback, previewUndo } from "../../../../main/tos/repository/preview";
import { rollBack } from "../../../../main/tos/repository/roll-back";
import { undoRollback } from "../../../../main/tos/repository/undo-rollback";
import { systemClock } from "../../../../main/system/clock";
import { rounds, seed } from "../../../support/depth";
import { temporaryFolder } from "../../../support/temporary-folder";
import { createRandom } from "../../../support/random";
import { makeRandomTree, type RandomTree } from "./random-tree";
import { differences, snapshotTree, type TreeSnapshot } from "./tree-snapshot";

const trees = rounds(10, 500);

const contextOf = ({ root, environment }: RandomTree) => ({
  root,
  environment,
  clock: systemClock,
  operator: "operator",
  report: () => undefined,
});

/** What a preview says of the files and the empty folders, less what only the automatic test removes. */
function foretold({ files }: RollbackPreview): string[] {
  return files
    .filter(({ kind }) => kind !== "run-state")
    .map(({ path, change }) => `${change} ${path}`)
    .toSorted();
}

/** The same as it happened; a folder counts when nothing was in it, and then the outermost one. */
function happened(before: TreeSnapshot, after: TreeSnapshot): string[] {
  const isFolder = (path: string): boolean => path.endsWith("/");
  const lines: string[] = [];
  for (const [path, was] of before) {
    if (isFolder(path)) continue;
    const is = after.get(path);
    if (is === undefined) lines.push(`removed ${textOfPath(path)}`);
    else if (is !== was) lines.push(`changed ${textOfPath(path)}`);
  }
  for (const path of after.keys())
    if (!isFolder(path) && !before.has(path)) lines.push(`restored ${textOfPath(path)}`);
  const files = [...before.keys()].filter((path) => !isFolder(path));
  const gone = [...before.keys()].filter(
    (path) =>
      isFolder(path) &&
      !after.has(path) &&
      // A file has taken its name: that is foretold of the file.
      !after.has(path.slice(0, -1)) &&
      !files.some((file) => file.startsWith(path)),
  );
  for (const path of gone)
    if (!gone.some((other) => other !== path && path.startsWith(other)))
      lines.push(`removed ${textOfPath(path)}`);
  return lines.toSorted();
}

async function gitState({ root, environment }: RandomTree): Promise<string> {
  const options = { cwd: root, env: environment, extendEnv: false };
  const ask = async (...args: string[]): Promise<string> =>
    (await execa("git", args, { ...options, reject: false })).stdout;
  const [head, branch, refs, index] = await Promise.all([
    ask("rev-parse", "HEAD"),
    ask("symbolic-ref", "HEAD"),
    ask("for-each-ref", "refs/heads", "refs/tags"),
    ask("ls-files", "--stage", "-z"),
  ]);
  return [head, branch, refs, index].join("\n");
}

test(`what a preview foretells is what happens, and an undo brings all of it back: ${trees} trees by chance (seed ${seed})`, async () => {
  const folder = await temporaryFolder();
  let refused = 0;
  for (let number = 0; number < trees; number += 1) {
    const tree = await makeRandomTree(folder, `tree-${number}`, createRandom(seed * 1_000 + number));
    const context = contextOf(tree);
    const where = `tree ${number} of seed ${seed} in ${tree.root}`;
    const [before, stateBefore] = [snapshotTree(tree.root), await gitState(tree)];
    const preview = await previewRollback(context, tree.target);
    expect(differences(before, snapshotTree(tree.root)), `${where}: a preview changes nothing`).toEqual([]);
    const wish = { reason: "test", print: () => undefined };
    const asked = { ...wish, target: tree.target, previewId: preview.previewId, willTest: true };
    if (preview.obstacles.length > 0) {
      refused += 1;
      await expect(rollBack(context, asked), where).rejects.toThrow(preview.obstacles[0]);
      expect(differences(before, snapshotTree(tree.root)), where).toEqual([]);
      continue;
    }
    const { recoveryId } = await rollBack(context, asked);
    const after = snapshotTree(tree.root);
    expect(happened(before, after), `${where}: rollback`).toEqual(foretold(preview));
    const undo = await previewUndo(context, recoveryId);
    expect(undo.obstacles, where).toEqual([]);
    await undoRollback(context, { ...wish, recoveryId, previewId: undo.previewId });
    const restored = snapshotTree(tree.root);
    expect(happened(after, restored), `${where}: undo`).toEqual(foretold(undo));
    expect(differences(before, restored), `${where}: everything is back`).toEqual([]);
    expect(await gitState(tree), where).toBe(stateBefore);
  }
  expect(refused, "most trees can be rolled back").toBeLessThan(trees / 5);
});
