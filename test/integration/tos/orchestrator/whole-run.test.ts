import { readFileSync } from "node:fs";
import { chmod, copyFile, mkdir, symlink, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { describe, expect, test } from "vitest";
import { systemClock } from "../../../../main/system/clock";
import { runOrchestrator } from "../../../../main/tos/orchestrator/run-orchestrator";
import { defaultTosSettings } from "../../../../main/tos/project/settings-file";
import {
  configText,
  documentIn,
  filesOf,
  phaseState,
  phaseSummary,
  resultFile,
  stepLog,
  stepReplies,
  writesResult,
} from "../../../support/tos/base-script";
import {
  bash,
  bashConfig,
  bashSettings,
  repliesText,
  scriptedRun,
  scriptedSettings,
  writesGoal,
} from "../../../support/tos/bash-script";
import type { ScriptedReply } from "../../../support/tos/fake-apis";
import {
  scriptedProgramsForFile,
  playRun,
  testKeys,
  type PlayedRun,
  type RunScript,
} from "../../../support/tos/orchestrated-run";
import { temporaryFolder } from "../../../support/temporary-folder";

const programs = scriptedProgramsForFile();

const play = (script: RunScript): Promise<PlayedRun> => playRun(script, programs());

/** Everything a run wrote or told, in one text. */
function everythingOf(run: PlayedRun): string {
  const files = [...run.tree].map(([path, bytes]) => `${path}\n${Buffer.from(bytes).toString("utf8")}`);
  return [...files, JSON.stringify(run.events)].join("\n");
}

describe("scripted replies", () => {
  test("a run is whole without a key and without an API", async () => {
    const run = await play(scriptedRun());
    expect(run.exitCode).toBe(0);
    expect(run.trace).toEqual([]);
    expect(documentIn(run, phaseState)).toMatchObject({ current_phase: "done", current_step: 2 });
    expect(documentIn(run, stepLog(1)).execution.command_results).toMatchObject([
      { type: "bash", executed: true, returncode: 0, stdout: "書いた\n" },
    ]);
    expect(run.stdout).not.toContain("APIキー確認完了");
    expect(run.stderr).toEqual([
      "models: scripted replies of replies.json; no API is asked and no key is needed",
    ]);
    expect(run.events).toContainEqual(
      expect.objectContaining({ kind: "model-called", role: "review", provider: "scripted", attempts: 3 }),
    );
  });

  test("each step has replies of its own, and prose is asked again as from any model", async () => {
    const script = scriptedRun();
    const replies = repliesText([bash("echo one")], [bash(writesGoal)]);
    const first = await play({ ...script, files: filesOf({ "replies.json": replies }) });
    expect(documentIn(first, stepLog(1)).final_commands).toEqual([bash("echo one")]);
    expect(documentIn(first, phaseState)).toMatchObject({ current_phase: "done", current_step: 3 });
    const prose = replies.replace(/"draft":"(?:[^"\\]|\\.)*"/, '"draft":"prose"');
    const failed = await play({ ...script, files: filesOf({ "replies.json": prose }) });
    expect(documentIn(failed, phaseSummary).end_reason).toBe("fatal_error: draft生成失敗");
    expect(failed.exitCode).toBe(0);
  });

  test.each([
    ["missing", null, /^replies\.json: expected a file of scripted replies, found none$/],
    ["not JSON", "{", /^replies\.json is not valid JSON: expected a quoted key at line 1 column 2$/],
    ["without a field", '{"schemaVersion":1}', /^replies\.json: steps: expected .*, found nothing$/],
  ])("a file of replies that is %s ends the run before its first step", async (_what, text, problem) => {
    const files = filesOf(text === null ? {} : { "replies.json": text });
    const run = await play({ ...scriptedRun(), files });
    expect(run.exitCode).toBe(1);
    expect(run.stderr).toEqual([expect.stringMatching(problem)]);
    expect([...run.tree.keys()].filter((path) => path !== "replies.json")).toEqual([]);
  });
});

describe("keys", () => {
  const echoing = (provider: "openai" | "anthropic", status: number): ScriptedReply => ({
    provider,
    kind: "http",
    status,
    reason: `No ${testKeys.OPENAI_API_KEY}`,
    body: JSON.stringify({ error: { message: `wrong: ${Object.values(testKeys).join(" ")}` } }),
  });

  test("no key is written or told, also when an API repeats it", async () => {
    for (const replies of [
      Array.from({ length: 3 }, () => echoing("openai", 401)),
      [...stepReplies().slice(0, 1), ...Array.from({ length: 3 }, () => echoing("anthropic", 403))],
    ]) {
      const run = await play({ config: configText(), replies });
      expect(documentIn(run, phaseState).current_phase).toBe("fatal_error");
      expect(everythingOf(run)).toContain("wrong: [key] [key]");
      for (const key of Object.values(testKeys)) expect(everythingOf(run)).not.toContain(key);
    }
  });

  test("a command cannot print a key: it has none", async () => {
    const run = await play({
      config: bashConfig(),
      settings: bashSettings,
      replies: stepReplies([bash("env; tr '\\0' '\\n' < /proc/self/environ; echo end")]),
    });
    const [result] = documentIn(run, stepLog(1)).execution.command_results;
    expect(result.returncode).toBe(0);
    const printed = run.events
      .flatMap((event) => (event.kind === "command-output" ? [event.text] : []))
      .join("");
    expect(printed).toContain("PATH=");
    expect(printed).toContain("OPENAI_BASE_URL=");
    for (const key of Object.values(testKeys)) expect(everythingOf(run)).not.toContain(key);
  });

  test("keys of the keyring are used and no more visible than others", async () => {
    const folder = await temporaryFolder();
    await writeFile(
      join(folder, "secret-tool"),
      `#!/bin/sh\ncase "$5" in OPENAI_API_KEY) printf %s ${testKeys.OPENAI_API_KEY};; *) printf %s ${testKeys.ANTHROPIC_API_KEY};; esac\n`,
      { mode: 0o755 },
    );
    const run = await play({
      config: configText(),
      replies: stepReplies(),
      shell: [writesResult],
      environment: {
        OPENAI_API_KEY: null,
        ANTHROPIC_API_KEY: null,
        PATH: [folder, programs().folder, process.env["PATH"] ?? ""].join(delimiter),
      },
    });
    expect(documentIn(run, phaseState).current_phase).toBe("done");
    const headers = run.trace.flatMap((entry) => ("sleep" in entry ? [] : [entry.headers]));
    expect(headers[0]).toMatchObject({ authorization: `Bearer ${testKeys.OPENAI_API_KEY}` });
    expect(headers[1]).toMatchObject({ "x-api-key": testKeys.ANTHROPIC_API_KEY });
    for (const key of Object.values(testKeys)) expect(everythingOf(run)).not.toContain(key);
  });

  test("an address that would carry the keys in the clear is refused before any step", async () => {
    const run = await play({
      config: configText(),
      environment: { OPENAI_BASE_URL: "http://models.test/v1" },
    });
    expect(run.exitCode).toBe(1);
    expect(run.stderr).toEqual([
      "OPENAI_BASE_URL: expected an https address (or http on 127.0.0.1, localhost or [::1]), found http to models.test, which is another machine",
    ]);
    expect([...run.tree.keys()]).toEqual([]);
  });
});

describe("shells", () => {
  test("bash runs only when both the configuration and the project's settings allow it", async () => {
    const commands = [bash("touch ran")];
    const notAllowed = await play({
      config: configText(),
      settings: bashSettings,
      replies: stepReplies(commands),
    });
    expect(documentIn(notAllowed, phaseState).current_phase).toBe("deny");
    const notSwitchedOn = await play({
      config: bashConfig({ max_steps: 1 }),
      replies: stepReplies(commands),
    });
    expect(documentIn(notSwitchedOn, stepLog(1)).execution.command_results).toEqual([]);
    expect(notSwitchedOn.tree.has("ran")).toBe(false);
    expect(notSwitchedOn.stderr).toEqual([
      'step 1: a command of type "bash" is allowed, but not run: .gatehouse/tos.json does not say "allowBash": true',
    ]);
    const both = await play({
      config: bashConfig({ max_steps: 1 }),
      settings: bashSettings,
      replies: stepReplies(commands),
    });
    expect(both.tree.has("ran")).toBe(true);
  });

  test("the deny lists hold for bash too", async () => {
    const run = await play({
      config: bashConfig(),
      settings: bashSettings,
      replies: stepReplies([bash("curl http://x")]),
    });
    expect(documentIn(run, phaseState).last_done_reason).toBe("deny: 禁止パターン 'curl ' に一致");
  });

  test("where there is no powershell, pwsh is taken", async () => {
    const folder = join(await temporaryFolder(), "bin");
    await mkdir(folder);
    await copyFile(join(programs().folder, "powershell"), join(folder, "pwsh"));
    await chmod(join(folder, "pwsh"), 0o755);
    await symlink(process.execPath, join(folder, "node"));
    await symlink("/bin/sh", join(folder, "sh"));
    const run = await play({
      config: configText({ max_steps: 1 }),
      replies: stepReplies([{ type: "powershell", code: "echo '日本語' | Out-String" }]),
      shell: [{ rc: 0, stdout: "日本語\r\n" }],
      environment: { PATH: folder },
    });
    expect(run.shellCalls).toMatchObject([
      { argv: ["pwsh", "-Command", "echo '日本語' | Out-String"], cwd: run.root },
    ]);
    expect(documentIn(run, stepLog(1)).execution.command_results).toMatchObject([{ stdout: "日本語\n" }]);
  });
});

describe("text", () => {
  const utf16 = (text: string): Uint8Array => Buffer.from(`\uFEFF${text}`, "utf16le");

  test("a configuration in UTF-16 or cp932 is named, and nothing is written", async () => {
    for (const config of [utf16(configText()), Uint8Array.of(0x7b, 0x82, 0xa0, 0x7d)]) {
      const run = await play({ config });
      expect(run.exitCode).toBe(1);
      expect(run.stderr).toEqual(["config_v0_3.json: stream did not contain valid UTF-8"]);
      expect([...run.tree.keys()]).toEqual([]);
    }
  });

  test("a state or step log that is no text is said, and the run goes on", async () => {
    const run = await play({
      config: configText(),
      files: filesOf({
        [phaseState]: utf16("{}"),
        [stepLog(7)]: utf16("{}"),
        [resultFile]: "合計:平均:件数:",
      }),
    });
    expect(run.exitCode).toBe(0);
    expect(run.stdout).toContain("フェーズ状態読み込みエラー: stream did not contain valid UTF-8");
    expect(run.stdout).toContain(
      `ステップログ読み込みエラー: ${join(run.root, stepLog(7))} - stream did not contain valid UTF-8`,
    );
    expect(documentIn(run, phaseSummary).total_steps).toBe(1);
  });

  test("commands, output and file names in Japanese come through as they are", async () => {
    const code = "mkdir -p 結果 && echo '東京 🗼' | tee 結果/表.txt";
    const run = await play({
      config: bashConfig({ max_steps: 1 }),
      settings: bashSettings,
      replies: stepReplies([bash(code)], "表を書いた"),
    });
    expect(new TextDecoder().decode(run.tree.get("結果/表.txt"))).toBe("東京 🗼\n");
    expect(documentIn(run, stepLog(1)).execution.command_results).toMatchObject([
      { code, stdout: "東京 🗼\n" },
    ]);
  });

  test("a reply that holds half a character cannot be written, which is said with file and field", async () => {
    const run = await play({
      config: configText(),
      replies: [
        { provider: "openai", kind: "content", content: '{"a": "\\ud83d"}' },
        ...stepReplies().slice(1),
      ],
    });
    expect(run.exitCode).toBe(1);
    expect(run.stderr.join("\n")).toContain(stepLog(1));
    expect(run.stderr.join("\n")).toContain("half a surrogate pair");
    expect([...run.tree.keys()].filter((path) => path.startsWith("logs/"))).toEqual([]);
  });
});

describe("order and durability", () => {
  test("a file is whole on disk before anything tells of it, the log before the state", async () => {
    const written: string[] = [];
    const run = await play({
      ...scriptedRun(),
      watch: (event) => {
        if (event.kind !== "file-written") return;
        expect(JSON.parse(readFileSync(event.path, "utf8"))).toBeTypeOf("object");
        written.push(event.path);
      },
    });
    expect(written.map((path) => path.slice(run.root.length + 1))).toEqual([
      stepLog(1),
      phaseState,
      stepLog(2),
      phaseState,
      phaseSummary,
    ]);
    const kinds = run.events.map((event) => (event.kind === "line" ? event.text : event.kind));
    const announced = kinds.indexOf(`フェーズ状態保存: ${join(run.root, phaseState)}`);
    expect(kinds.slice(announced - 3, announced)).toEqual([
      "file-written",
      `ステップログ出力: ${join(run.root, stepLog(1))}`,
      "file-written",
    ]);
  });

  test("a run whose progress cannot be written ends, and runs no command unseen", async () => {
    const root = await temporaryFolder();
    await writeFile(join(root, "config_v0_3.json"), bashConfig());
    await writeFile(join(root, "tos_python_path.txt"), programs().python);
    await writeFile(join(root, "replies.json"), repliesText([bash("touch ran")]));
    const told: string[] = [];
    const exitCode = await runOrchestrator({
      root,
      environment: { PATH: process.env["PATH"] },
      settings: scriptedSettings,
      clock: systemClock,
      sleep: () => Promise.resolve(),
      cancel: new AbortController().signal,
      report: (event) => {
        told.push(event.kind);
        if (event.kind === "commands-judged") throw new Error("ENOSPC: no space left on device");
      },
    });
    expect(exitCode).toBe(1);
    expect(told).not.toContain("command-started");
  });

  test("a folder that cannot be made, and a log that cannot be written, are named", async () => {
    const folder = await play({ config: configText(), files: filesOf({ workspace: "a file" }) });
    expect(folder.exitCode).toBe(1);
    expect(folder.stderr).toEqual([expect.stringContaining(join(folder.root, "workspace", "generated"))]);
    const log = await play({
      config: configText(),
      files: filesOf({ [resultFile]: "合計:平均:件数:", [`${phaseState}/x`]: "y" }),
    });
    expect(log.exitCode).toBe(1);
    expect(log.stderr).toEqual([
      expect.stringContaining(`${join(log.root, phaseState)}: cannot be written: `),
    ]);
  });

  test("a folder that is no project ends with 1 and the reference's line", async () => {
    const root = await temporaryFolder();
    const lines: string[] = [];
    const exitCode = await runOrchestrator({
      root: join(root, "nowhere"),
      environment: {},
      settings: defaultTosSettings,
      clock: systemClock,
      sleep: () => Promise.resolve(),
      cancel: new AbortController().signal,
      report: (event) => void (event.kind === "line" && lines.push(event.text)),
    });
    expect(exitCode).toBe(1);
    expect(lines).toEqual([
      "TOS v0.3 Orchestrator 開始",
      `設定ファイルが見つかりません: ${join(root, "nowhere", "config_v0_3.json")}`,
    ]);
  });
});
