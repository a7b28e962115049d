import { chmod, lstat, mkdir, readFile, rm, symlink } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { createCheckpoint } from "../../../../main/tos/repository/create-checkpoint";
import { diffCommits } from "../../../../main/tos/repository/diff-commits";
import { previewRollback, previewUndo } from "../../../../main/tos/repository/preview";
import { readRepository } from "../../../../main/tos/repository/read-repository";
import { rollBack } from "../../../../main/tos/repository/roll-back";
import { discardTree, stashTree } from "../../../../main/tos/repository/settle-tree";
import { undoRollback } from "../../../../main/tos/repository/undo-rollback";
import { temporaryFolder } from "../../../support/temporary-folder";
import { makeProject, type TestProject } from "./project";
import { differences, snapshotTree } from "./tree-snapshot";

const wish = { reason: "test", previewId: null, print: () => undefined };

/** A project whose tree is dirty in every way: staged, changed since, deleted, untracked, with modes and links. */
async function makeDirty(): Promise<TestProject> {
  const project = await makeProject(await temporaryFolder());
  const { root, write, git } = project;
  await write(".gitignore", "logs/\n");
  for (const name of ["a.txt", "b.txt", "c.txt", "d.txt"]) await write(name, name);
  await createCheckpoint(project.context, "first");
  await write("a.txt", "staged");
  await git("add", "a.txt");
  await write("a.txt", "and changed since");
  await rm(join(root, "b.txt"));
  await git("rm", "--quiet", "c.txt");
  await write("new staged.txt", "new");
  await git("add", "new staged.txt");
  await write("日本/untracked.txt", "untracked");
  await chmod(join(root, "日本/untracked.txt"), 0o600);
  await symlink("nowhere", join(root, "link"));
  await mkdir(join(root, "empty"), { mode: 0o700 });
  return project;
}

async function digestOf({ root, environment }: TestProject): Promise<string> {
  return (await readRepository(root, environment)).treeDigest;
}

describe("a dirty tree is settled", () => {
  test("by discarding, which an undo brings back with what was staged", async () => {
    const project = await makeDirty();
    const { root, context, git, environment } = project;
    const [before, statusBefore] = [snapshotTree(root), await git("status", "--porcelain")];
    const { recoveryId } = await discardTree(context, {
      treeDigest: await digestOf(project),
      reason: "wrong",
    });
    expect(await git("status", "--porcelain")).toBe("");
    expect(await readFile(join(root, "a.txt"), "utf8")).toBe("a.txt");
    expect((await readRepository(root, environment)).recoveries).toMatchObject([
      { recoveryId, state: "done", reason: "wrong" },
    ]);
    await undoRollback(context, { ...wish, recoveryId });
    expect(differences(before, snapshotTree(root))).toEqual([]);
    expect(await git("status", "--porcelain")).toBe(statusBefore);
    expect(await git("show", ":a.txt")).toBe("staged");
  });

  test("by stashing, which git stash pop brings back", async () => {
    const project = await makeDirty();
    const { root, context, git } = project;
    const before = snapshotTree(root);
    await stashTree(context, { treeDigest: await digestOf(project), reason: "for later" });
    expect(await git("status", "--porcelain")).toBe("");
    expect(await git("stash", "list")).toBe("stash@{0}: On main: for later");
    await git("stash", "pop", "--index");
    // A stash knows neither empty folders nor permissions.
    const lost = differences(before, snapshotTree(root));
    expect(lost.filter((line) => !/"empty\/"|untracked\.txt": file 600/.test(line))).toEqual([]);
    expect(await git("show", ":a.txt")).toBe("staged");
  });

  test("only if it is as it was seen", async () => {
    const project = await makeDirty();
    const treeDigest = await digestOf(project);
    await project.write("a.txt", "changed once more");
    const before = snapshotTree(project.root);
    for (const settle of [discardTree, stashTree])
      await expect(settle(project.context, { treeDigest, reason: "x" })).rejects.toThrow(/has changed since/);
    expect(differences(before, snapshotTree(project.root))).toEqual([]);
  });
});

test("a file that the target's rules no longer ignore goes, is foretold, and comes back", async () => {
  const { root, context, write, git } = await makeProject(await temporaryFolder());
  await write(".gitignore", "logs/\n");
  await write("a.txt", "a");
  const first = await createCheckpoint(context, "first");
  await write(".gitignore", "logs/\n.env\ncache/\n");
  await createCheckpoint(context, "second");
  await write(".env", "secret");
  await chmod(join(root, ".env"), 0o600);
  await write("cache/x/y", "cached");
  const preview = await previewRollback(context, first);
  expect(preview.files.map(({ path, kind, change, note }) => ({ path, kind, change, note }))).toEqual([
    { path: ".env", kind: "ignored", change: "removed", note: expect.stringContaining("rules") },
    { path: ".gitignore", kind: "tracked", change: "changed", note: "" },
    { path: "cache/x/y", kind: "ignored", change: "removed", note: expect.stringContaining("rules") },
  ]);
  const { recoveryId } = await rollBack(context, { ...wish, target: first, willTest: true });
  expect(await git("status", "--porcelain", "--ignored")).toBe("!! .gatehouse/\n!! logs/");
  await undoRollback(context, { ...wish, recoveryId });
  expect(await readFile(join(root, "cache/x/y"), "utf8")).toBe("cached");
  expect((await lstat(join(root, ".env"))).mode & 0o777).toBe(0o600);
});

test("a tracked file that git was told not to look at is foretold and kept", async () => {
  const { root, context, write, git } = await makeProject(await temporaryFolder());
  await write(".gitignore", "logs/\n");
  await write("settings.json", "shared");
  const first = await createCheckpoint(context, "first");
  await write("other.txt", "x");
  await createCheckpoint(context, "second");
  await git("update-index", "--assume-unchanged", "settings.json");
  await write("settings.json", "my own, which is longer");
  const preview = await previewRollback(context, first);
  expect(preview.obstacles).toEqual([]);
  expect(preview.files.map(({ path }) => path)).toEqual(["other.txt", "settings.json"]);
  const { recoveryId } = await rollBack(context, { ...wish, target: first, willTest: true });
  expect(await readFile(join(root, "settings.json"), "utf8")).toBe("shared");
  await undoRollback(context, { ...wish, recoveryId });
  expect(await readFile(join(root, "settings.json"), "utf8")).toBe("my own, which is longer");
});

test("a project in a folder of a repository: the whole repository moves, only the folder is cleaned", async () => {
  const top = await makeProject(await temporaryFolder());
  const root = join(top.root, "project");
  await mkdir(root);
  const context = { ...top.context, root };
  await top.write("project/.gitignore", "logs/\n");
  await top.write("project/config_v0_3.json", "1");
  await top.write("elsewhere/x.txt", "1");
  await top.git("add", ".");
  const first = await createCheckpoint(context, "first");
  await top.write("project/config_v0_3.json", "2");
  await top.write("elsewhere/x.txt", "2");
  await top.git("add", ".");
  await createCheckpoint(context, "second");
  await mkdir(join(top.root, "elsewhere/empty"));
  await mkdir(join(root, "empty"));
  const preview = await previewRollback(context, null);
  expect(preview.to.hash).not.toBe(first);
  const older = await previewRollback(context, first);
  expect(older.files.map(({ path }) => path)).toEqual(["../elsewhere/x.txt", "config_v0_3.json", "empty/"]);
  expect(older.notes.join(" ")).toMatch(/The project is a folder of the repository/);
  const difference = await diffCommits(
    root,
    { from: first, to: "HEAD", path: "../elsewhere/x.txt" },
    top.environment,
  );
  expect(difference.files).toEqual([
    { path: "../elsewhere/x.txt", change: "modified", additions: 1, deletions: 1 },
  ]);
  await rollBack(context, { ...wish, target: first, willTest: true });
  expect(await readFile(join(top.root, "elsewhere/x.txt"), "utf8")).toBe("1");
  expect((await lstat(join(top.root, "elsewhere/empty"))).isDirectory()).toBe(true);
  await expect(lstat(join(root, "empty"))).rejects.toThrow(/ENOENT/);
});

test("an undo is foretold, refused when that no longer holds, and can be undone itself", async () => {
  const { root, context, write, git } = await makeProject(await temporaryFolder());
  await write(".gitignore", "logs/\n");
  await write("a.txt", "1");
  const first = await createCheckpoint(context, "first");
  await write("a.txt", "2");
  const second = await createCheckpoint(context, "second");
  const { recoveryId } = await rollBack(context, { ...wish, target: first, willTest: true });
  await write("a.txt", "3");
  const third = await createCheckpoint(context, "third");
  const preview = await previewUndo(context, recoveryId);
  expect(preview).toMatchObject({ commitCount: 1, incomingCount: 1, to: { hash: second }, runsTest: false });
  await write("a.txt", "4");
  const asked = { ...wish, recoveryId, previewId: preview.previewId };
  await expect(undoRollback(context, asked)).rejects.toThrow(/look at the preview again/);
  const seen = await previewUndo(context, recoveryId);
  expect(seen.notes.join(" ")).toMatch(/1 uncommitted changes/);
  const undone = await undoRollback(context, { ...asked, previewId: seen.previewId });
  expect(undone.head).toBe(second);
  await undoRollback(context, { ...wish, recoveryId: undone.recoveryId });
  expect(await git("rev-parse", "HEAD")).toBe(third);
  expect(await readFile(join(root, "a.txt"), "utf8")).toBe("4");
});
