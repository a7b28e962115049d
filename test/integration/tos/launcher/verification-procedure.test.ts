import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { rollbackPreviewSchema } from "#contract/tos/repository";
import { acknowledgedEntries } from "#domain/tos/runs/acknowledged";
import { readRuns } from "../../../../main/tos/runs/run-store";
import { gitIn } from "../../../support/tos/git-in";
import { launcherPrograms } from "../../../support/tos/launched";
import type { Tree } from "../../../support/tos/orchestrated-run";
import { denyWord, openPracticeProject } from "./project";

const programs = launcherPrograms();

const summary = ["-SummaryFile", "logs/last_run_summary.json"];
const head = (mode: string): string[] => ["TOS cc_run start", "Root <BASE>", `Mode ${mode}`];
const denied = "deny: deny_if_contains 'Set-Content' に一致";
const runState = (tree: Tree): [string, string][] =>
  [...tree]
    .filter(([path]) => /^(logs|workspace)\//.test(path) && !path.includes("last_run_summary"))
    .map(([path, bytes]) => [path, Buffer.from(bytes).toString("utf8")]);

test("seed 004, rollback verification procedure: checkpoint, break, test, roll back, and undo", async () => {
  const project = await openPracticeProject(programs());
  const { root } = project;

  const checkpoint = await project.launch([
    "-Mode",
    "checkpoint",
    "-CheckpointName",
    "S4_before_verify",
    ...summary,
  ]);
  const hash = (await gitIn(root, "rev-parse", "HEAD")).trim();
  expect(checkpoint.stdout).toEqual([
    ...head("checkpoint"),
    hash,
    "last_checkpoint saved <BASE>/logs/last_checkpoint.txt",
    `checkpoint ${hash}`,
    "summary saved <BASE>/logs/last_run_summary.json",
    "TOS cc_run end",
  ]);
  expect(checkpoint.exitCode).toBe(0);
  expect(await gitIn(root, "log", "--format=%s")).toBe("CHECKPOINT S4_before_verify\nBegin");
  expect(await gitIn(root, "ls-files")).toBe(
    "config_v0_3.json\n.gitignore\ndocs/s5_closeout.md\nreplies.json".split("\n").toSorted().join("\n"),
  );
  const summaryText = await readFile(join(root, "logs/last_run_summary.txt"), "utf8");
  expect(summaryText).toMatch(
    new RegExp(
      `^\\uFEFFmode=checkpoint checkpoint_hash=${hash} timestamp=\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d root=`,
    ),
  );

  await denyWord(root, "Set-Content");
  const failed = await project.launch(["-Mode", "test", ...summary]);
  expect(failed.stdout.slice(-4)).toEqual([
    `FAIL phase is deny: ${denied}`,
    "FAIL step step_001.json stopped=true phase=deny",
    "test failed",
    "summary saved <BASE>/logs/last_run_summary.json",
  ]);
  expect(failed.exitCode).toBe(1);

  // Row 127: run after a failed test is refused, unless somebody answers for it.
  const blocked = await project.launch(["-Mode", "run"]);
  expect(blocked.stdout).toEqual(head("run"));
  expect(blocked.stderr.join("\n")).toMatch(
    /^governance: G41 .*--acknowledge G41=REASON goes on in spite of it\)$/m,
  );
  expect(blocked.exitCode).toBe(1);
  const overridden = await project.launch(["-Mode", "run", "--acknowledge", "G41=the pattern is meant"]);
  expect(overridden.stdout).toContain(`deny ${denied}`);
  expect(overridden.stderr.join("\n")).toContain("(acknowledged: the pattern is meant)");
  const kept = acknowledgedEntries(await readFile(join(root, ".gatehouse/tos/acknowledged.jsonl"), "utf8"));
  expect(kept).toMatchObject([{ rule: "G41", reason: "the pattern is meant", operation: "run" }]);
  expect((await readRuns(root, 1))[0]?.acknowledgements).toEqual([
    { rule: "G41", reason: "the pattern is meant" },
  ]);

  // Row 125: the edit makes the tree dirty, and nothing is done about that by itself.
  const refused = await project.launch(["-Mode", "rollback", ...summary]);
  expect(refused.stdout).toEqual([
    ...head("rollback"),
    "error: working tree is dirty, commit or stash changes first",
    " M config_v0_3.json",
  ]);
  expect(refused.exitCode).toBe(1);
  const discard = await project.settle("discard", ["--reason", "verified"]);
  expect([discard.exitCode, await gitIn(root, "status", "--porcelain")]).toEqual([0, ""]);

  const before = runState((await project.settle("list", [])).tree);
  const preview = await project.settle("preview", ["--json"]);
  const { files, commits, runsTest, obstacles } = rollbackPreviewSchema.parse(
    JSON.parse(preview.stdout.join("\n")),
  );
  expect([commits, obstacles, runsTest]).toEqual([[], [], true]);
  expect(files.map(({ path, kind, change }) => [path, kind, change])).toEqual([
    ["logs/phase_summary.json", "run-state", "removed"],
    ["logs/steps/step_001.json", "run-state", "removed"],
    ["logs/steps/step_002.json", "run-state", "removed"],
    ["workspace/artifacts/phase_state.json", "run-state", "removed"],
  ]);
  expect(runState(preview.tree)).toEqual(before);

  const back = await project.launch(["-Mode", "rollback", ...summary]);
  expect(back.stdout.slice(0, 14)).toEqual([
    ...head("rollback"),
    `using last_checkpoint ${hash}`,
    ...["rollback start", "Root <BASE>", `TargetCommit ${hash}`],
    ...["git fetch", `git reset --hard ${hash}`, "git clean -fd", `head ${hash}`, "rollback done"],
    `rollback ${hash}`,
    "summary saved <BASE>/logs/last_run_summary.json",
  ]);
  expect(back.stdout.slice(14, 21)).toEqual([
    "auto test after rollback",
    ...head("test"),
    ...["cleanup start", "cleanup done", "TOS init start"],
  ]);
  expect(back.stdout.slice(-3)).toEqual([
    "test passed",
    "summary saved <BASE>/logs/last_run_summary.json",
    "TOS cc_run end",
  ]);
  expect(back.exitCode).toBe(0);
  // The summary of the rollback has been overwritten by that of its test.
  expect(await readFile(join(root, "logs/last_run_summary.txt"), "utf8")).toMatch(
    /^\uFEFFphase=done step=2 done=True /,
  );
  const recovery = /tos-rollback undo --root \S+ --recovery (\S+)/.exec(back.stderr.join("\n"))?.[1] ?? "";

  const undone = await project.settle("undo", ["--recovery", recovery, "--reason", "look again"]);
  expect([undone.exitCode, undone.stdout.at(-1)]).toEqual([0, "undo done"]);
  const found = new Map(runState(undone.tree));
  for (const [path, text] of before) expect([path, found.get(path)]).toEqual([path, text]);
  const list = await project.settle("list", []);
  expect(list.stdout.filter((line) => line.includes(recovery))).toEqual([expect.stringContaining("undone")]);
  expect(
    (await readRuns(root, 20)).map(({ operation, exitCode }) => [operation, exitCode]).toReversed(),
  ).toEqual([
    ["checkpoint", 0],
    ["test", 1],
    ["run", 1],
    ["run", 1],
    ["rollback", 1],
    ["discard", 0],
    ["rollback", 0],
    ["undo", 0],
  ]);
});
