import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createCheckpoint } from "../../../../main/tos/repository/create-checkpoint";
import { previewRollback, previewUndo } from "../../../../main/tos/repository/preview";
import { readRepository } from "../../../../main/tos/repository/read-repository";
import { rollBack } from "../../../../main/tos/repository/roll-back";
import { undoRollback } from "../../../../main/tos/repository/undo-rollback";
import { temporaryFolder } from "../../../support/temporary-folder";
import { makeProject } from "./project";

test("a rollback goes to the last checkpoint and can be undone", async () => {
  const { root, context, environment, git, write } = await makeProject(await temporaryFolder());
  await write(".gitignore", "logs/\n*.secret\n");
  await write("a.txt", "a");
  await write("logs/steps/step_001.json", "{}");
  await write("run.secret", "kept");
  const first = await createCheckpoint(context, "first");
  await write("a.txt", "b");
  await write("new.txt", "new");
  await git("add", ".");
  await git("commit", "-m", "later");
  const later = await git("rev-parse", "HEAD");

  const preview = await previewRollback(context, null);
  expect(preview).toMatchObject({
    operation: "rollback",
    from: { hash: later },
    to: { hash: first },
    commitCount: 1,
    obstacles: [],
    runsTest: true,
  });
  expect(preview.files.map(({ path, kind, change }) => `${path} ${kind} ${change}`)).toEqual([
    "a.txt tracked changed",
    "logs/steps/step_001.json run-state removed",
    "new.txt tracked removed",
  ]);
  const lines: string[] = [];
  const print = (line: string): void => void lines.push(line);
  const { head, recoveryId } = await rollBack(context, {
    target: null,
    previewId: preview.previewId,
    reason: "test",
    willTest: true,
    print,
  });
  expect(head).toBe(first);
  expect(lines).toEqual([
    "rollback start",
    `Root ${root}`,
    `TargetCommit ${first}`,
    "git fetch",
    `git reset --hard ${first}`,
    "git clean -fd",
    `head ${first}`,
    "rollback done",
  ]);
  expect(await git("status", "--porcelain")).toBe("");
  expect(await git("symbolic-ref", "HEAD")).toBe("refs/heads/main");
  expect(await readFile(join(root, "a.txt"), "utf8")).toBe("a");
  expect(await readFile(join(root, "run.secret"), "utf8")).toBe("kept");
  expect(await readRepository(root, environment)).toMatchObject({
    recoveries: [{ recoveryId, state: "done", files: 1, from: { hash: later }, toHash: first }],
    interrupted: null,
  });

  const undo = await previewUndo(context, recoveryId);
  expect(undo.obstacles).toEqual([]);
  await undoRollback(context, { recoveryId, previewId: undo.previewId, reason: "back", print });
  expect(await git("rev-parse", "HEAD")).toBe(later);
  expect(await readFile(join(root, "new.txt"), "utf8")).toBe("new");
  expect(await git("status", "--porcelain")).toBe("");
  expect((await readRepository(root, environment)).recoveries.map(({ state }) => state)).toEqual([
    "done",
    "undone",
  ]);
});
