import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createCheckpoint } from "../../../../main/tos/repository/create-checkpoint";
import { readRepository } from "../../../../main/tos/repository/read-repository";
import { temporaryFolder } from "../../../support/temporary-folder";
import { makeProject } from "./project";

test("a checkpoint in a repository without commits is its first commit (row 112)", async () => {
  const { root, context, environment, git, write } = await makeProject(await temporaryFolder());
  await write("a.txt", "a");
  await write(".gitignore", "logs/\n");
  await write("logs/steps/step_001.json", "{}");
  const hash = await createCheckpoint(context, "first");
  expect(await git("log", "--format=%H %s")).toBe(`${hash} CHECKPOINT first`);
  expect(await git("ls-tree", "-r", "--name-only", "HEAD")).toBe(".gitignore\na.txt");
  expect(await git("status", "--porcelain")).toBe("");
  expect(await readFile(join(root, "logs/last_checkpoint.txt"), "utf8")).toBe(`\uFEFF${hash}\r\n`);
  expect(await readRepository(root, environment)).toMatchObject({
    state: "ready",
    branch: "main",
    changes: [],
    lastCheckpoint: { hash, resolves: true },
    checkpoints: [{ hash, name: "first", isHead: true, isLast: true, commitsAfter: 0 }],
  });
});

test("a checkpoint without changes is an empty commit (row 113)", async () => {
  const { context, git, write } = await makeProject(await temporaryFolder());
  await write("a.txt", "a");
  await write(".gitignore", "logs/\n");
  const first = await createCheckpoint(context, "first");
  const second = await createCheckpoint(context, "second 日本");
  expect(second).not.toBe(first);
  expect(await git("log", "--format=%s")).toBe("CHECKPOINT second 日本\nCHECKPOINT first");
  expect(await git("diff", "--name-only", first, second)).toBe("");
});
