import { chmod, mkdir, readdir, readFile, rm, symlink, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { createCheckpoint } from "../../../../main/tos/repository/create-checkpoint";
import { GitFailure } from "../../../../main/tos/repository/git-failure";
import { previewRollback } from "../../../../main/tos/repository/preview";
import { readRepository } from "../../../../main/tos/repository/read-repository";
import { rollBack } from "../../../../main/tos/repository/roll-back";
import { temporaryFolder } from "../../../support/temporary-folder";
import { makeProject, type TestProject } from "./project";
import { differences, snapshotTree } from "./tree-snapshot";

/** A project with two checkpoints and a file that git ignores. */
async function makeStarted(): Promise<TestProject & { first: string; second: string }> {
  const project = await makeProject(await temporaryFolder());
  await project.write(".gitignore", "logs/\nworkspace/\n");
  await project.write("config_v0_3.json", "1");
  const first = await createCheckpoint(project.context, "first");
  await project.write("config_v0_3.json", "2");
  await project.write("later.txt", "later");
  const second = await createCheckpoint(project.context, "second");
  project.events.length = 0;
  return { ...project, first, second };
}

/** HEAD, every reference, the bytes of the index, and whatever lies in the work tree. */
async function fingerprint({ root }: TestProject): Promise<string> {
  const read = (path: string): Promise<string> =>
    readFile(join(root, ".git", path), "latin1").catch(() => "none");
  const references = await readdir(join(root, ".git", "refs", "heads")).catch(() => []);
  const parts = [await read("HEAD"), await read("index"), await read("packed-refs")];
  for (const name of references.toSorted((left, right) => left.localeCompare(right)))
    parts.push(name, await read(`refs/heads/${name}`));
  const strays = (await readdir(join(root, ".git")).catch(() => [])).filter((name) =>
    /gatehouse|\.lock$/.test(name),
  );
  return JSON.stringify([...parts, strays, ...snapshotTree(root)]);
}

/** What must fail fails with a sentence, and nothing is other than before. */
async function assertRefused(
  project: TestProject,
  act: () => Promise<unknown>,
  plain: RegExp,
): Promise<void> {
  const before = await fingerprint(project);
  const failure = await act().then(
    () => null,
    (error: unknown) => error,
  );
  expect(failure).toBeInstanceOf(GitFailure);
  expect((failure as GitFailure).plain).toMatch(plain);
  expect(await fingerprint(project)).toBe(before);
}

const rollBackTo = (project: TestProject, target: string | null): Promise<unknown> =>
  rollBack(project.context, {
    target,
    previewId: null,
    reason: "test",
    willTest: true,
    print: () => undefined,
  });

async function addHook({ root }: TestProject, name: string, script: string): Promise<void> {
  const path = join(root, ".git", "hooks", name);
  await mkdir(join(path, ".."), { recursive: true });
  await writeFile(path, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
}

describe("a checkpoint that cannot be made is plain and changes nothing", () => {
  test("no repository (row 114)", async () => {
    const project = await makeProject(await temporaryFolder(), { initialise: false });
    await project.write("a", "a");
    await assertRefused(project, () => createCheckpoint(project.context, "x"), /not in a git repository/);
    expect(await readRepository(project.root, project.environment)).toMatchObject({ state: "none" });
  });

  test("no identity (row 114)", async () => {
    const project = await makeStarted();
    await project.git("config", "user.useConfigOnly", "true");
    await project.write("config_v0_3.json", "3");
    const environment = {
      PATH: process.env["PATH"],
      HOME: project.environment["HOME"],
      GIT_CONFIG_NOSYSTEM: "1",
    };
    const context = { ...project.context, environment };
    await assertRefused(project, () => createCheckpoint(context, "x"), /does not know who you are/);
  });

  test("a lock of another git", async () => {
    const project = await makeStarted();
    await project.write("config_v0_3.json", "3");
    await writeFile(join(project.root, ".git", "index.lock"), "");
    await assertRefused(
      project,
      () => createCheckpoint(project.context, "x"),
      /holds the repository's index/,
    );
  });

  test("a lock of the branch", async () => {
    const project = await makeStarted();
    await project.write("config_v0_3.json", "3");
    await writeFile(join(project.root, ".git", "refs", "heads", "main.lock"), "");
    await assertRefused(project, () => createCheckpoint(project.context, "x"), /holds a lock/);
  });

  test.each(["pre-commit", "commit-msg"])("a %s hook that refuses", async (name) => {
    const project = await makeStarted();
    await project.write("config_v0_3.json", "3");
    await project.write("new.txt", "new");
    await addHook(project, name, "echo 'tests are red' >&2; exit 1");
    await assertRefused(project, () => createCheckpoint(project.context, "x"), /tests are red/);
  });

  test("a repository inside without a commit", async () => {
    const project = await makeStarted();
    await project.git("init", "--quiet", "inside");
    await project.write("inside/file", "x");
    await assertRefused(project, () => createCheckpoint(project.context, "x"), /without any commit/);
  });

  test("an unfinished merge", async () => {
    const project = await makeStarted();
    await project.git("checkout", "--quiet", "-b", "other", "main~1");
    await project.write("config_v0_3.json", "other");
    await createCheckpoint(project.context, "other");
    await project.git("merge", "main").catch(() => undefined);
    await assertRefused(project, () => createCheckpoint(project.context, "x"), /merge is not finished/);
  });

  test("objects that cannot be written", async () => {
    const project = await makeStarted();
    await project.write("config_v0_3.json", "3");
    const objects = join(project.root, ".git", "objects");
    await blockWrites(objects);
    await assertRefused(project, () => createCheckpoint(project.context, "x"), /permission|cannot|failed/i);
  });
});

/** Nothing can be made in a folder: without permission, and for an account that needs none, because files take the names. */
async function blockWrites(objects: string): Promise<void> {
  if (process.getuid?.() !== 0) {
    await chmod(objects, 0o555);
    onTestFinished(() => chmod(objects, 0o755));
    return;
  }
  for (let number = 0; number < 256; number += 1) {
    const folder = join(objects, number.toString(16).padStart(2, "0"));
    await writeFile(folder, "").catch(() => undefined);
  }
}

test("a hook may change what is committed, and the index is what was committed", async () => {
  const project = await makeStarted();
  await project.write("new.txt", "new");
  await addHook(project, "pre-commit", "echo formatted > new.txt; git add new.txt");
  await createCheckpoint(project.context, "formatted");
  expect(await project.git("show", "HEAD:new.txt")).toBe("formatted");
  expect(await project.git("status", "--porcelain")).toBe("");
});

test("huge files, submodules with changes and repositories inside are said", async () => {
  const project = await makeStarted();
  const folder = join(project.root, "..");
  const other = await makeProject(folder, { name: "other" });
  await other.write("file", "x");
  await createCheckpoint(other.context, "other");
  await project.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", other.root, "module");
  await createCheckpoint(project.context, "with a submodule");
  await project.write("module/file", "changed inside");
  await project.git("init", "--quiet", "inside");
  await project.git("-C", "inside", "commit", "--quiet", "--allow-empty", "-m", "inside");
  await project.write("huge.bin", "");
  await truncate(join(project.root, "huge.bin"), 100_000_001);
  project.events.length = 0;
  await createCheckpoint(project.context, "all");
  const said = project.events.flatMap((event) => (event.kind === "line" ? [event.text] : []));
  expect(said).toEqual([
    expect.stringMatching(/^huge file: huge\.bin has 100000001 bytes/),
    expect.stringMatching(/^repository inside: inside /),
    expect.stringMatching(/^uncommitted inside: module /),
  ]);
});

describe("a rollback that cannot be made is plain and changes nothing", () => {
  test("no repository, no commit", async () => {
    const none = await makeProject(await temporaryFolder(), { initialise: false });
    await assertRefused(none, () => rollBackTo(none, "main"), /not in a git repository/);
    const unborn = await makeProject(await temporaryFolder());
    await assertRefused(unborn, () => rollBackTo(unborn, "main"), /knows no commit "main"/);
  });

  test("no target and no last checkpoint; one that names nothing", async () => {
    const project = await makeStarted();
    await project.write("logs/last_checkpoint.txt", "\uFEFF\r\n");
    await assertRefused(project, () => rollBackTo(project, null), /names no commit/);
    await rm(join(project.root, "logs/last_checkpoint.txt"));
    await assertRefused(
      project,
      () => rollBackTo(project, null),
      /make a checkpoint first, or name a commit/,
    );
  });

  test.each(["deadbeef", "f".repeat(40), "no such branch", "HEAD:config_v0_3.json"])(
    "an unknown target: %s (row 117)",
    async (target) => {
      const project = await makeStarted();
      await assertRefused(project, () => rollBackTo(project, target), /knows no commit/);
    },
  );

  test("a target that git would take for an option", async () => {
    const project = await makeStarted();
    await assertRefused(project, () => rollBackTo(project, "--hard"), /begins with "-"/);
  });

  test("an untracked file (row 115), an uncommitted change (row 125)", async () => {
    const project = await makeStarted();
    await project.write("日本 語.txt", "x");
    await assertRefused(
      project,
      () => rollBackTo(project, project.first),
      /working tree is dirty, commit or stash changes first: \?\? 日本 語\.txt/,
    );
    await rm(join(project.root, "日本 語.txt"));
    await project.write("config_v0_3.json", "bad");
    await assertRefused(project, () => rollBackTo(project, project.first), /dirty.*: {2}M config_v0_3\.json/);
  });

  test.each(["index.lock", "HEAD.lock", "refs/heads/main.lock"])(
    "a lock of another git: %s",
    async (lock) => {
      const project = await makeStarted();
      await writeFile(join(project.root, ".git", lock), "");
      await assertRefused(project, () => rollBackTo(project, project.first), /holds a lock/);
    },
  );

  test("a sparse checkout", async () => {
    const project = await makeStarted();
    await project.git("config", "core.sparseCheckout", "true");
    await assertRefused(project, () => rollBackTo(project, project.first), /sparse checkout/);
  });

  test("content of the target that is missing", async () => {
    const project = await makeStarted();
    const blob = await project.git("rev-parse", `${project.first}:config_v0_3.json`);
    await rm(join(project.root, ".git", "objects", blob.slice(0, 2), blob.slice(2)));
    await assertRefused(project, () => rollBackTo(project, project.first), /lacks the content of 1 files/);
  });

  test("a repository of its own where the target has a file", async () => {
    const project = await makeStarted();
    await project.git("rm", "--quiet", "-r", "--cached", "later.txt");
    await rm(join(project.root, "later.txt"));
    await project.write(".gitignore", "logs/\nworkspace/\nlater.txt\n");
    await createCheckpoint(project.context, "without");
    await project.git("init", "--quiet", "later.txt");
    await assertRefused(
      project,
      () => rollBackTo(project, project.second),
      /later\.txt is a repository of its own/,
    );
  });

  test("a preview that no longer holds", async () => {
    const project = await makeStarted();
    await project.write("logs/steps/step_001.json", "{}");
    const { previewId } = await previewRollback(project.context, project.first);
    await project.write("logs/steps/step_002.json", "{}");
    const wish = { target: project.first, previewId, reason: "test", willTest: true, print: () => undefined };
    await assertRefused(project, () => rollBack(project.context, wish), /look at the preview again/);
  });

  test("a reset that fails half-way is taken back", async () => {
    const project = await makeStarted();
    // A required filter that fails on checkout: git finds out after it has begun to write files.
    await project.write(".gitattributes", "z-last.txt filter=broken\n");
    await project.write("a-first.txt", "first");
    await project.write("z-last.txt", "last");
    const target = await createCheckpoint(project.context, "with filter");
    await rm(join(project.root, "a-first.txt"));
    await rm(join(project.root, "z-last.txt"));
    await createCheckpoint(project.context, "without");
    await project.git("config", "filter.broken.smudge", "false");
    await project.git("config", "filter.broken.required", "true");
    await project.write("logs/a-first.txt", "ignored");
    const before = snapshotTree(project.root);
    const head = await project.git("rev-parse", "HEAD");
    await expect(rollBackTo(project, target)).rejects.toBeInstanceOf(GitFailure);
    expect(differences(before, snapshotTree(project.root))).toEqual([]);
    expect(await project.git("rev-parse", "HEAD")).toBe(head);
    expect(await project.git("status", "--porcelain")).toBe("");
    expect(await readRepository(project.root, project.environment)).toMatchObject({ interrupted: null });
  });
});

describe("a rollback goes on", () => {
  test("without a remote, with a detached HEAD, with a tag (row 116)", async () => {
    const project = await makeStarted();
    await project.git("tag", "stable", project.first);
    await rollBackTo(project, "stable");
    expect(await project.git("rev-parse", "main")).toBe(project.first);
    expect(await readFile(join(project.root, "logs/last_checkpoint.txt"), "utf8")).toContain(project.second);
    await project.git("checkout", "--quiet", "--detach", project.second);
    await rollBackTo(project, "stable");
    expect(await project.git("rev-parse", "HEAD")).toBe(project.first);
  });

  test("with an unreachable remote, which is said (row 118)", async () => {
    const project = await makeStarted();
    await project.git("remote", "add", "origin", join(project.root, "..", "nowhere"));
    await project.git("config", "branch.main.remote", "origin");
    await rollBackTo(project, project.first.slice(0, 10));
    expect(await project.git("rev-parse", "HEAD")).toBe(project.first);
    const said = project.events.flatMap((event) => (event.kind === "line" ? [event.text] : []));
    expect(said.join("\n")).toMatch(/git fetch failed and is not needed/);
  });

  test("with only ignored files changed (row 126), through a link, leaving what is behind it", async () => {
    const project = await makeStarted();
    const outside = join(project.root, "..", "outside");
    await mkdir(outside);
    await writeFile(join(outside, "result.txt"), "kept");
    await mkdir(join(project.root, "workspace"));
    await symlink(outside, join(project.root, "workspace/results"));
    await rollBackTo(project, project.first);
    expect(await readFile(join(outside, "result.txt"), "utf8")).toBe("kept");
  });
});
