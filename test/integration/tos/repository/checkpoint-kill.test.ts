import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { clearLeftovers } from "../../../../main/tos/repository/clear-leftovers";
import { createCheckpoint } from "../../../../main/tos/repository/create-checkpoint";
import { findRepository } from "../../../../main/tos/repository/place";
import { rollBack } from "../../../../main/tos/repository/roll-back";
import { bundleProgram } from "../../../support/bundle";
import { rounds, seed } from "../../../support/depth";
import { temporaryFolder } from "../../../support/temporary-folder";
import { killRun } from "./kill-run";
import { makeProject } from "./project";
import { createRandom } from "../../../support/random";
import { differences, snapshotTree } from "./tree-snapshot";

const kills = rounds(8, 40);

let program: Awaited<ReturnType<typeof bundleProgram>>;
beforeAll(async () => {
  program = await bundleProgram("test/integration/tos/repository/killed-program.ts");
});
afterAll(() => program.remove());

test(`a checkpoint that is killed was made or was not, and nothing else has changed: ${kills} kills (seed ${seed})`, async () => {
  const project = await makeProject(await temporaryFolder());
  const { root, context, environment, git, write } = project;
  const random = createRandom(seed);
  await write(".gitignore", "logs/\n");
  for (let number = 0; number < 30; number += 1) await write(`folder/${number}.txt`, "0");
  await createCheckpoint(context, "begin");
  const place = await findRepository(root, environment);
  let length = (await killRun(program.path, project, "checkpoint", "whole", null)).wholeMs ?? 100;
  const counts = { made: 0, notMade: 0, ended: 0 };
  // Where a kill falls is up to the machine: they go on until enough have come before the commit.
  const isTelling = (): boolean => counts.notMade > kills / 4;
  for (let number = 0; number < kills || (!isTelling() && number < kills * 10); number += 1) {
    const where = `kill ${number} of seed ${seed}`;
    await write(`folder/${number % 30}.txt`, `${where}`);
    await write(`new-${number}.txt`, where);
    const head = await git("rev-parse", "HEAD");
    const index = await readFile(join(root, ".git/index"));
    const before = snapshotTree(root);
    const point = { after: "ready", delayMs: random.next() * length } as const;
    const run = await killRun(program.path, project, "checkpoint", `number ${number}`, point);
    length = length * 0.8 + (run.wholeMs ?? length) * 0.2;
    const cut = differences(before, snapshotTree(root));
    expect(cut.filter((line) => !line.includes("last_checkpoint.txt"))).toEqual([]);
    await clearLeftovers(place);
    const now = await git("rev-parse", "HEAD");
    if (run.ended) counts.ended += 1;
    else counts[now === head ? "notMade" : "made"] += 1;
    if (now === head) {
      expect((await readFile(join(root, ".git/index"))).equals(index), where).toBe(true);
    } else {
      expect(await git("log", "-1", "--format=%s"), where).toBe(`CHECKPOINT number ${number}`);
      expect(await git("rev-parse", "HEAD~1"), where).toBe(head);
      expect(await git("status", "--porcelain"), where).toBe("");
      expect(await readFile(join(root, "logs/last_checkpoint.txt"), "utf8")).toBe(`\uFEFF${now}\r\n`);
    }
    const strays = (await readdir(join(root, ".git"))).filter((name) => /gatehouse|\.lock$/.test(name));
    expect(strays, where).toEqual([]);
  }
  process.stdout.write(`killed checkpoints: ${JSON.stringify(counts)}\n`);
  expect(isTelling(), "kills come before the commit").toBe(true);
});

test("what appears while a rollback moves files stays", async () => {
  const project = await makeProject(await temporaryFolder());
  const { root, context, git, write } = project;
  await write(".gitignore", "logs/\n");
  await write("a.txt", "1");
  const first = await createCheckpoint(context, "first");
  await write(".gitignore", "logs/\n*.cache\n");
  await write("a.txt", "2");
  await createCheckpoint(context, "second");
  await write("old.cache", "goes");
  await mkdir(join(root, ".git/hooks"), { recursive: true });
  // Git runs it in the middle of the reset, when the branch is about to be moved.
  const script =
    "#!/bin/sh\ngrep -q refs/heads/main && { echo x > appeared.txt; echo y >> old.cache; }\nexit 0\n";
  await writeFile(join(root, ".git/hooks/reference-transaction"), script, { mode: 0o755 });
  await rollBack(context, {
    target: first,
    previewId: null,
    reason: "test",
    willTest: true,
    print: () => undefined,
  });
  await rm(join(root, ".git/hooks/reference-transaction"));
  expect(await readFile(join(root, "a.txt"), "utf8")).toBe("1");
  expect(await git("status", "--porcelain")).toBe("?? appeared.txt\n?? old.cache");
  const said = project.events.flatMap((event) => (event.kind === "line" ? [event.text] : [])).join("\n");
  expect(said).toContain("stays: old.cache was changed meanwhile");
  expect(said).toContain("stays: appeared.txt has appeared meanwhile");
});
