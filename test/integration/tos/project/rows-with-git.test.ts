import { appendFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { execa } from "execa";
import { describe, expect, test } from "vitest";
import type { GovernanceFinding } from "#contract/tos/governance";
import type { TosView } from "#contract/tos/view";
import { judgeProject } from "#domain/tos/governance/judge-project";
import { ruleNotices } from "#domain/tos/governance/rule-notices";
import { tosView } from "#domain/tos/view/tos-view";
import { systemClock } from "../../../../main/system/clock";
import { blobIdWithLineFeeds } from "../../../../main/tos/project/blob-id";
import { readProject } from "../../../../main/tos/project/read-project";
import { writeFailureReport } from "../../../../main/tos/project/write-failure-report";
import { readRepository } from "../../../../main/tos/repository/read-repository";
import { configText } from "../../../support/tos/base-script";
import { gitIn } from "../../../support/tos/git-in";
import { testKeys } from "../../../support/tos/orchestrated-run";
import { temporaryFolder } from "../../../support/temporary-folder";
import { noRepository } from "./no-repository";

async function put(root: string, path: string, content: string | Uint8Array): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), content);
}

/** A project with a checkpoint, as the launcher makes it, and files of runs that git ignores. */
async function checkpointed(): Promise<{ root: string; head: string }> {
  const root = await temporaryFolder();
  await put(root, "config_v0_3.json", configText());
  await put(root, ".gitignore", "logs/\nworkspace/\n");
  await put(root, "docs/s5_closeout.md", "# closed\n");
  await gitIn(root, "init", "-q", "-b", "main");
  await gitIn(root, "config", "user.name", "Kim");
  await gitIn(root, "config", "user.email", "kim@example.invalid");
  const head = await checkpoint(root, "first");
  await put(root, "logs/last_checkpoint.txt", `\uFEFF${head}\r\n`);
  return { root, head };
}

async function checkpoint(root: string, name: string): Promise<string> {
  await gitIn(root, "add", ".");
  await gitIn(root, "commit", "-q", "-m", `CHECKPOINT ${name}`, "--allow-empty");
  return (await gitIn(root, "rev-parse", "HEAD")).trim();
}

async function judged(root: string, environment: Readonly<Record<string, string>> = testKeys) {
  const reading = await readProject(root, { ...process.env, ...environment }, systemClock);
  const repository = await readRepository(root);
  const findings = judgeProject(reading, repository, [], systemClock.nowUnixMs());
  return { reading, repository, findings };
}

function statusOf(findings: readonly GovernanceFinding[], wanted: string): string | undefined {
  return findings.find(({ rule }) => rule === wanted)?.status;
}

describe("programs that must not be altered", () => {
  test("row 123: an orchestrator of other bytes breaks G23, and the file is left alone", async () => {
    const root = await temporaryFolder();
    await put(root, "config_v0_3.json", configText());
    await put(root, "orchestrator_v0_3.py", "print('other')\n");
    const { findings, reading, repository } = await judged(root);
    const finding = findings.find(({ rule }) => rule === "G23");
    expect(finding).toMatchObject({ status: "broken", record: { path: "orchestrator_v0_3.py" } });
    const hashed = (await gitIn(root, "hash-object", "--no-filters", "orchestrator_v0_3.py")).trim();
    expect(finding?.details[0]).toContain(`found blob ${hashed}`);
    const bites = ruleNotices("run", findings, reading, { repository }).map(({ rule }) => rule);
    expect(bites).toContain("G23");
    expect(await readFile(join(root, "orchestrator_v0_3.py"), "utf8")).toBe("print('other')\n");
  });

  test("row 124: CRLF line ends make no other blob; a lone CR, a last CR or one more byte does", async () => {
    const root = await temporaryFolder();
    const content = Buffer.from("param(\n  [string]$Root\n)\n\nWrite-Host '日本語'\n");
    await put(root, "lf", content);
    const { stdout: expected } = await execa("git", ["hash-object", "--no-filters", "lf"], { cwd: root });
    const withCrlf = Buffer.from(content.toString().replaceAll("\n", "\r\n"));
    expect(blobIdWithLineFeeds(content)).toBe(expected);
    expect(blobIdWithLineFeeds(withCrlf)).toBe(expected);
    for (const other of [
      Buffer.concat([content, Buffer.from("\r")]),
      Buffer.concat([Buffer.from("\r"), content]),
    ])
      expect(blobIdWithLineFeeds(other)).not.toBe(expected);
    expect(blobIdWithLineFeeds(Buffer.concat([content, Buffer.from(" ")]))).not.toBe(expected);
  });
});

describe("rollback and checkpoint on a real repository", () => {
  test("row 125: an uncommitted change of the configuration makes a rollback impossible; nothing happens by itself", async () => {
    const { root } = await checkpointed();
    const changed = configText({ max_steps: 4 });
    await put(root, "config_v0_3.json", changed);
    const { reading, repository, findings } = await judged(root);
    const [notice] = ruleNotices("rollback", findings, reading, { repository, target: null });
    expect(notice).toMatchObject({ rule: "G46", class: "block", overridable: false });
    expect(notice?.text).toContain("working tree is dirty, commit or stash changes first");
    const view = tosView({ reading, repository, runs: [], now: systemClock.nowUnixMs() });
    expect(actionOf(view, "rollback").obstacles.join()).toContain("working tree is dirty");
    expect(actionOf(view, "stash").obstacles).toEqual([]);
    expect(actionOf(view, "discard").obstacles).toEqual([]);
    expect(await readFile(join(root, "config_v0_3.json"), "utf8")).toBe(changed);
  });

  test("row 126: with only ignored files changed a rollback is allowed", async () => {
    const { root } = await checkpointed();
    await put(root, "logs/steps/step_001.json", "{}");
    await put(root, "workspace/results/result_v2.txt", "合計: 1");
    const { reading, repository, findings } = await judged(root);
    expect(ruleNotices("rollback", findings, reading, { repository, target: null })).toEqual([]);
    expect(statusOf(findings, "G32")).toBe("kept");
  });

  test("row 133: a last checkpoint with byte order mark and CRLF is taken for its 40 characters", async () => {
    const { root, head } = await checkpointed();
    const { repository, findings } = await judged(root);
    expect(repository.lastCheckpoint).toMatchObject({ hash: head, resolves: true });
    expect(statusOf(findings, "G05")).toBe("kept");
  });

  test("row 134: a checkpoint made beside the launcher is seen, and what a rollback would do is said", async () => {
    const { root, head } = await checkpointed();
    await checkpoint(root, "by hand");
    const { reading, repository, findings } = await judged(root);
    const [notice] = ruleNotices("rollback", findings, reading, { repository, target: null });
    expect(notice).toMatchObject({ rule: "G05", class: "warn", overridable: true });
    expect(notice?.text).toContain(`names the older ${head.slice(0, 12)}`);
    expect(ruleNotices("rollback", findings, reading, { repository, target: "HEAD" })).toEqual([]);
  });

  test("run files that are in git, or would be with the next checkpoint, break G32", async () => {
    const { root } = await checkpointed();
    await put(root, "logs/steps/step_001.json", "{}");
    await gitIn(root, "add", "-f", "logs/steps/step_001.json");
    expect((await judged(root)).findings.find(({ rule }) => rule === "G32")?.details).toEqual([
      "logs/steps/step_001.json: expected to be ignored by git, found it committed",
    ]);
  });

  test("an S-5 document that was changed blocks the checkpoint that would commit it (G31)", async () => {
    const { root } = await checkpointed();
    await appendFile(join(root, "docs/s5_closeout.md"), "one more line\n");
    const { reading, repository, findings } = await judged(root);
    expect(ruleNotices("checkpoint", findings, reading, { repository })).toMatchObject([
      { rule: "G31", class: "block", overridable: true },
    ]);
  });

  test("before the first commit no document can have changed (G31)", async () => {
    const root = await temporaryFolder();
    await put(root, "config_v0_3.json", configText());
    await put(root, "docs/s5_closeout.md", "# closed\n");
    await gitIn(root, "init", "-q", "-b", "main");
    expect(statusOf((await judged(root)).findings, "G31")).toBe("not-applicable");
  });
});

describe("keys", () => {
  const log = (text: string): string => JSON.stringify({ phase: "execute", step_num: 1, draft_raw: text });

  test.each([
    "logs/steps/step_001.json",
    "logs/phase_summary.json",
    "logs/last_run_summary.txt",
    "workspace/artifacts/job_input.json",
    "config_v0_3.json",
  ])("row 132: a key in %s is raised with the file and the key's name, never its value", async (path) => {
    const root = await temporaryFolder();
    await put(root, "config_v0_3.json", configText());
    await put(
      root,
      path,
      path === "config_v0_3.json"
        ? configText({ openai_model: testKeys.OPENAI_API_KEY })
        : log(`x ${testKeys.OPENAI_API_KEY} y`),
    );
    const { reading, findings } = await judged(root);
    expect(reading.leaks).toEqual([{ path, key: "OPENAI_API_KEY" }]);
    const finding = findings.find(({ rule }) => rule === "G33");
    expect(finding).toMatchObject({ status: "broken", class: "warn", record: { path } });
    expect(JSON.stringify(finding)).not.toContain(testKeys.OPENAI_API_KEY);
  });

  test("a key is found across the pieces of a file too large to be shown, and one that is not there is not", async () => {
    const root = await temporaryFolder();
    await put(root, "config_v0_3.json", configText());
    const large = Buffer.alloc(6_000_000, 0x20);
    large.write(testKeys.ANTHROPIC_API_KEY, 2 * 1_048_576 - 5);
    await put(root, "logs/steps/step_001.json", large);
    const { reading } = await judged(root);
    expect(reading.leaks).toEqual([{ path: "logs/steps/step_001.json", key: "ANTHROPIC_API_KEY" }]);
    large.fill(0x20);
    await put(root, "logs/steps/step_001.json", large);
    expect((await judged(root)).reading.leaks).toEqual([]);
  });

  test("nothing that was read holds a key's value", async () => {
    const root = await temporaryFolder();
    await put(root, "config_v0_3.json", configText());
    const { reading, repository } = await judged(root);
    const view = tosView({ reading, repository, runs: [], now: systemClock.nowUnixMs() });
    for (const value of Object.values(testKeys)) expect(JSON.stringify([reading, view])).not.toContain(value);
    expect(view.keys.map(({ source }) => source)).toEqual(["environment", "environment"]);
  });
});

test("row 131: after a fatal error level 3 is suggested and the report is filled in, without any key", async () => {
  const { root, head } = await checkpointed();
  const state = {
    current_phase: "fatal_error",
    current_step: 1,
    last_done_reason: "fatal_error: draft生成失敗",
    job_index: 2,
  };
  await put(root, "workspace/artifacts/phase_state.json", JSON.stringify(state));
  await put(
    root,
    "logs/steps/step_001.json",
    JSON.stringify({ phase: "fatal_error", stopped: true, error: `draft ${testKeys.OPENAI_API_KEY}` }),
  );
  await put(
    root,
    "logs/phase_summary.json",
    JSON.stringify({
      end_reason: "fatal_error: draft生成失敗",
      job_loop: { job_name: "sample", current_job_index: 2 },
    }),
  );
  await put(root, "logs/last_run_summary.json", '\uFEFF{"phase":  "fatal_error"}');
  await put(root, "logs/last_run_summary.txt", "\uFEFFphase=fatal_error step=1\r\n");
  const { reading, repository } = await judged(root);
  const view = tosView({ reading, repository, runs: [], now: systemClock.nowUnixMs() });
  expect(view.reactions.some(({ gravity, level }) => gravity === "stop" && level === 3)).toBe(true);
  const text = await writeFailureReport({
    reading,
    repository,
    runs: [],
    operator: "kim",
    environment: { ...process.env, ...testKeys },
    clock: systemClock,
  });
  for (const label of [
    "基本情報",
    "報告日時: ",
    "報告者: kim",
    `commit hash: ${head}`,
    "mode: ",
    "job_index: 2",
    "job_name: sample",
    "症状",
    "再現手順",
    "エラーメッセージ",
    "添付ログ",
    "last_run_summary.json",
    "last_run_summary.txt",
    "step_*.json（直近）: logs/steps/step_001.json",
    "環境情報",
    "OS: ",
    "PowerShell: ",
    "Python: ",
    "git: git version",
    "対処済みの内容",
    "備考",
    "3 停止",
  ])
    expect(text).toContain(label);
  expect(text).toContain("phase=fatal_error step=1");
  expect(text).toMatch(/報告日時: \d{4}-\d\d-\d\d \d\d:\d\d\n/);
  expect(text).not.toContain(testKeys.OPENAI_API_KEY);
});

test("an empty project has a report too", async () => {
  const root = await temporaryFolder();
  const reading = await readProject(root, {}, systemClock);
  const text = await writeFailureReport({
    reading,
    repository: await noRepository(),
    runs: [],
    operator: "kim",
    environment: process.env,
    clock: systemClock,
  });
  expect(text).toContain("commit hash: （不明）");
});

function actionOf(view: TosView, wanted: string): TosView["actions"][number] {
  const action = view.actions.find(({ operation }) => operation === wanted);
  if (action === undefined) throw new Error(`no action ${wanted}`);
  return action;
}
