import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { gitIn } from "../../../support/tos/git-in";
import { type LauncherProject, launcherPrograms, startLauncher } from "../../../support/tos/launched";
import { readTree } from "../../../support/tos/orchestrated-run";
import { waitUntil } from "../../../support/wait-until";
import { openPracticeProject } from "./project";

const programs = launcherPrograms();

const head = (mode: string): string[] => ["TOS cc_run start", "Root <BASE>", `Mode ${mode}`];
const hashOf = async (root: string, name = "HEAD"): Promise<string> => gitIn(root, "rev-parse", name);
const checkpoint = (project: LauncherProject, name: string) =>
  project.launch(["-Mode", "checkpoint", "-CheckpointName", name]);

/** Everything below the project but git's own bookkeeping and ours. */
async function treeOf(root: string): Promise<[string, string][]> {
  const tree = await readTree(root);
  return [...tree]
    .filter(([path]) => !/^\.(git|gatehouse)\//.test(path))
    .map(([path, bytes]) => [path, Buffer.from(bytes).toString("base64")]);
}

test("rows 112 and 113: a first checkpoint in an unborn repository, and one without a change", async () => {
  const project = await openPracticeProject(programs(), { git: false });
  const { root } = project;
  await rm(join(root, "docs"), { recursive: true });
  await gitIn(root, "init", "-q", "-b", "main");
  await gitIn(root, "config", "user.name", "Mia");
  await gitIn(root, "config", "user.email", "mia@example.invalid");
  const first = await checkpoint(project, "first");
  const root1 = await hashOf(root);
  expect(first.stdout.slice(-4)).toEqual([
    root1,
    "last_checkpoint saved <BASE>/logs/last_checkpoint.txt",
    `checkpoint ${root1}`,
    "TOS cc_run end",
  ]);
  const second = await checkpoint(project, '前 "second" $(x)');
  const hash = await hashOf(root);
  expect([first.exitCode, second.exitCode]).toEqual([0, 0]);
  expect(hash).not.toBe(root1);
  expect(await gitIn(root, "log", "--format=%s")).toBe('CHECKPOINT 前 "second" $(x)\nCHECKPOINT first');
  expect(await gitIn(root, "diff", "--name-only", "HEAD~1")).toBe("");
  expect(await readFile(join(root, "logs/last_checkpoint.txt"), "utf8")).toBe(`\uFEFF${hash}\r\n`);
});

test("row 114: no repository, no identity", async () => {
  const nowhere = await openPracticeProject(programs(), { git: false });
  const nobody = await openPracticeProject(programs());
  await gitIn(nobody.root, "config", "--unset", "user.name");
  await gitIn(nobody.root, "config", "user.useConfigOnly", "true");
  await writeFile(join(nobody.root, "new.txt"), "new");
  const index = await readFile(join(nobody.root, ".git/index"));
  for (const project of [nowhere, nobody]) {
    const before = await treeOf(project.root);
    const { stdout, stderr, exitCode } = await checkpoint(project, "x");
    expect(stdout).toEqual([
      ...head("checkpoint"),
      "git commit failed",
      "checkpoint failed with exit code 1",
    ]);
    expect(stderr.at(-1)).toMatch(/^error: /);
    expect(exitCode).toBe(1);
    expect(await treeOf(project.root)).toEqual(before);
  }
  expect(await readFile(join(nobody.root, ".git/index"))).toEqual(index);
});

test("rows 115 to 118 and 133: dirty first, unknown targets, an older checkpoint with a remote out of reach", async () => {
  const project = await openPracticeProject(programs());
  const { root } = project;
  await checkpoint(project, "one");
  const one = await hashOf(root);
  await writeFile(join(root, "later.txt"), "later");
  await checkpoint(project, "two");
  const two = await hashOf(root);
  await writeFile(join(root, "kept.log"), "ignored");
  await writeFile(join(root, ".git/info/exclude"), "*.log\n");
  await mkdir(join(root, "工程"));
  await writeFile(join(root, "工程/新 しい.txt"), "untracked");

  const dirty = await project.launch(["-Mode", "rollback", "-TargetCommit", "nonsense"]);
  expect(dirty.stdout.slice(0, 4)).toEqual([
    ...head("rollback"),
    "error: working tree is dirty, commit or stash changes first",
  ]);
  expect(dirty.stdout[4]).toMatch(/^\?\? .*新 しい\.txt/);
  expect([dirty.stdout.length, dirty.exitCode]).toEqual([5, 1]);
  await rm(join(root, "工程"), { recursive: true });

  const before = await treeOf(root);
  for (const target of ["-TargetCommit:nonsense", "-TargetCommit:--hard", `-TargetCommit:${one} x`]) {
    const unknown = await project.launch(["-Mode", "rollback", target]);
    expect(unknown.stdout.slice(-2)).toEqual(["git reset failed", "rollback failed with exit code 1"]);
    expect(unknown.stdout).not.toContain("auto test after rollback");
    expect(unknown.stderr.at(-1)).toMatch(/^error: /);
    expect(unknown.exitCode).toBe(1);
  }
  expect([await treeOf(root), await hashOf(root)]).toEqual([before, two]);

  await gitIn(root, "remote", "add", "origin", "file:///nowhere/at-all");
  const back = await project.launch(["-Mode", "rollback", "-TargetCommit", one.slice(0, 9)]);
  expect(back.stdout.slice(3, 12)).toEqual([
    ...["rollback start", "Root <BASE>", `TargetCommit ${one.slice(0, 9)}`],
    ...["git fetch", `git reset --hard ${one}`, "git clean -fd", `head ${one}`, "rollback done"],
    `rollback ${one.slice(0, 9)}`,
  ]);
  expect([back.stdout.at(-1), back.exitCode]).toEqual(["TOS cc_run end", 0]);
  expect(back.stderr.join("\n")).toMatch(/git fetch failed/);
  expect(await gitIn(root, "symbolic-ref", "HEAD")).toBe("refs/heads/main");
  expect(await gitIn(root, "log", "--format=%s")).toBe("CHECKPOINT one\nBegin");
  expect(back.tree.has("later.txt")).toBe(false);
  expect(back.tree.has("kept.log")).toBe(true);
  // It still names the later one, in the form the reference writes: the next rollback without a target goes there.
  expect(Buffer.from(back.tree.get("logs/last_checkpoint.txt") ?? []).toString("utf8")).toBe(
    `\uFEFF${two}\r\n`,
  );
  const forth = await project.launch(["-Mode", "rollback"]);
  expect(forth.stdout[3]).toBe(`using last_checkpoint ${two}`);
  expect([forth.exitCode, await hashOf(root)]).toEqual([0, two]);
});

test("row 134: HEAD is a checkpoint that last_checkpoint.txt does not name; row 128: a cleanrun in the middle", async () => {
  const project = await openPracticeProject(programs());
  const { root } = project;
  await checkpoint(project, "one");
  const one = await hashOf(root);
  await gitIn(root, "commit", "-q", "--allow-empty", "-m", "CHECKPOINT by hand");
  const state = { current_phase: "done", current_step: 2, last_done: true, job_index: 2 };
  await mkdir(join(root, "workspace/artifacts"), { recursive: true });
  await writeFile(join(root, "workspace/artifacts/phase_state.json"), JSON.stringify(state));
  const middle = await project.launch(["-Mode", "cleanrun"]);
  expect(middle.stderr.join("\n")).toMatch(/^governance: G42 .*job_index is 2.* \(warning\)$/m);
  expect([middle.stdout.at(-1), middle.exitCode]).toEqual(["TOS cc_run end", 0]);
  const back = await project.launch(["-Mode", "rollback"]);
  expect(back.stderr.join("\n")).toMatch(/^governance: G05 .*older.* \(warning\)$/m);
  expect([await hashOf(root), back.exitCode]).toEqual([one, 0]);
});

test("a failing test after a rollback fails the launch; from a window, warnings must be acknowledged", async () => {
  const project = await openPracticeProject(programs());
  const { root } = project;
  await checkpoint(project, "one");
  await gitIn(root, "commit", "-q", "--allow-empty", "-m", "later");
  await rm(join(root, "tos_python_path.txt"));
  const window = ["--from", "window", "--reason", "r"];
  const warned = await project.launch(["-Mode", "test", ...window]);
  expect([warned.stdout, warned.exitCode]).toEqual([head("test"), 1]);
  expect(warned.stderr.join("\n")).toMatch(/^governance: G05 .*\(refused; /m);
  const known = await project.launch(["-Mode", "test", ...window, "--acknowledge", "G05=a rehearsal"]);
  expect(known.stdout.at(-1)).toBe("tos_python_path.txt not found <BASE>/tos_python_path.txt");
  const back = await project.launch(["-Mode", "rollback", ...window]);
  expect(back.stdout.slice(-2)).toEqual([
    "tos_python_path.txt not found <BASE>/tos_python_path.txt",
    "test after rollback failed",
  ]);
  expect(back.exitCode).toBe(1);
});

test("signals while git works change nothing: the checkpoint is made", async () => {
  const project = await openPracticeProject(programs());
  const { root, environment } = project;
  const hook = join(root, ".git/hooks/pre-commit");
  await writeFile(
    hook,
    "#!/bin/sh\n: > .git/in-hook\nwhile [ ! -e .git/go-on ]; do /bin/sleep 0.02; done\n",
    {
      mode: 0o755,
    },
  );
  const run = startLauncher(root, ["-Mode", "checkpoint", "-CheckpointName", "held"], environment, true);
  await waitUntil("the hook runs", () =>
    readFile(join(root, ".git/in-hook")).then(
      () => true,
      () => false,
    ),
  );
  // As a terminal sends it: to every process of the group.
  for (const signal of ["SIGINT", "SIGINT", "SIGTERM"] as const) process.kill(-(run.pid ?? 0), signal);
  await writeFile(join(root, ".git/go-on"), "");
  const { exitCode, stdout } = await run;
  expect([exitCode, stdout.trimEnd().split("\n").at(-1)]).toEqual([0, "TOS cc_run end"]);
  expect(await gitIn(root, "log", "-1", "--format=%s")).toBe("CHECKPOINT held");
  expect(await gitIn(root, "status", "--porcelain")).toBe("");
});
