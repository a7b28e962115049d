import { existsSync } from "node:fs";
import { chmod, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { ProgressEvent } from "#contract/tos/progress";
import { isProcessAlive } from "../../../../main/system/process-identity";
import {
  configText,
  documentIn,
  filesOf,
  openAiFails,
  phaseState,
  phaseSummary,
  resultFile,
  stepLog,
  stepReplies,
  textIn,
  waitsOf,
} from "../../../support/tos/base-script";
import { bash, bashConfig, bashSettings } from "../../../support/tos/bash-script";
import {
  scriptedProgramsForFile,
  playRun,
  type PlayedRun,
  type RunScript,
} from "../../../support/tos/orchestrated-run";
import { temporaryFolder } from "../../../support/temporary-folder";
import { waitUntil } from "../../../support/wait-until";

const request = { operator: "ops-1", reason: "相談のため 中止" };
const cancellation = "cancelled by ops-1: 相談のため 中止";
const endReason = "cancelled: 相談のため 中止";
const state = '{"current_phase": "execute", "current_step": 1, "last_done": false, "previous_phase": "S-3"}';

const programs = scriptedProgramsForFile();

/** Plays a run over a state of its own and cancels it at the first event that fits. */
function cancelAt(
  fits: (event: ProgressEvent) => boolean,
  script: Partial<RunScript> = {},
): Promise<PlayedRun> {
  let cancelled = false;
  return playRun(
    {
      config: configText(),
      files: filesOf({ [phaseState]: state }),
      watch: (event, cancel) => {
        if (cancelled || !fits(event)) return;
        cancelled = true;
        cancel(request);
      },
      ...script,
    },
    programs(),
  );
}

/** A cancelled run leaves the state as it was, no log of the step, and a summary that says so. */
function expectNothingOfTheStep(run: PlayedRun): void {
  expect(run.exitCode).toBe(1);
  expect(textIn(run, phaseState)).toBe(state);
  expect([...run.tree.keys()].toSorted()).toEqual([phaseSummary, phaseState]);
  expect(documentIn(run, phaseSummary)).toMatchObject({
    end_reason: endReason,
    total_steps: 0,
    execution_summary: { executed_count: 0, denied_count: 0, timeout_count: 0, failed_count: 0 },
  });
  expect(run.stdout.slice(-2)).toEqual(["", `TOS v0.3 Orchestrator 終了 (${endReason})`]);
  expect(run.stderr).toEqual([]);
}

test.each(["draft", "review", "final"] as const)("while waiting for the %s", async (role) => {
  const replies = stepReplies().map((reply, index) =>
    ["draft", "review", "final"][index] === role ? ({ ...reply, kind: "hang" } as const) : reply,
  );
  const run = await cancelAt((event) => event.kind === "model-called" && event.role === role, { replies });
  expectNothingOfTheStep(run);
});

test("while waiting before another attempt", async () => {
  const run = await cancelAt((event) => event.kind === "model-failed", {
    config: configText({ api_retry: 12 }),
    replies: [openAiFails],
    waits: true,
  });
  expectNothingOfTheStep(run);
  expect(waitsOf(run)).toEqual([1]);
});

test("after the commands were judged, before the first has begun", async () => {
  const run = await cancelAt((event) => event.kind === "commands-judged", { replies: stepReplies() });
  expectNothingOfTheStep(run);
  expect(run.shellCalls).toEqual([]);
});

test("at the start, before the interpreter is asked", async () => {
  const run = await cancelAt((event) => event.kind === "line" && event.text === "新規開始", {
    files: filesOf({}),
    replies: [],
  });
  expect(run.exitCode).toBe(1);
  expect(run.stderr).toEqual([endReason]);
  expect([...run.tree.keys()]).toEqual([]);
});

test("before anything: nothing is written", async () => {
  const run = await cancelAt(() => true);
  expect(run.exitCode).toBe(1);
  expect([...run.tree.keys()]).toEqual([phaseState]);
});

test("while the interpreter tells its version", async () => {
  const folder = await temporaryFolder();
  const slow = join(folder, "slow-python");
  await writeFile(slow, `#!/bin/sh\n: > ${join(folder, "asked")}\nexec sleep 600\n`);
  await chmod(slow, 0o755);
  const run = await playRun(
    {
      config: configText(),
      pythonPath: slow,
      watch: (event, cancel) => {
        if (event.kind === "line" && event.text === "新規開始")
          void waitUntil("it is asked", () => existsSync(join(folder, "asked"))).then(() => cancel(request));
      },
    },
    programs(),
  );
  expect(run.exitCode).toBe(1);
  expect(run.stderr).toEqual([endReason]);
  expect(run.stdout.at(-1)).toBe("新規開始");
});

test("while a command runs: the log says what ran, what was ended and what never began", async () => {
  const commands = [
    bash("echo 済み; exit 3"),
    { type: "powershell", code: "Remove-Item x" },
    bash("sleep 600 & echo $!; wait"),
    bash("touch never-begun"),
    { type: "python", code: "print()" },
  ];
  const run = await cancelAt((event) => event.kind === "command-output" && event.index === 2, {
    config: bashConfig({ allow_types: ["powershell", "bash", "python"] }),
    settings: bashSettings,
    replies: stepReplies(commands),
  });
  const child = run.events.find(
    (event) => event.kind === "command-output" && event.index === 2 && event.stream === "stdout",
  );
  if (child?.kind !== "command-output") throw new Error("the command told nothing");
  await waitUntil("what the command started is gone", () => !isProcessAlive(Number(child.text)));

  expect(run.exitCode).toBe(1);
  const log = documentIn(run, stepLog(1));
  expect(log).toMatchObject({
    phase: "execute",
    done: false,
    done_reason: cancellation,
    message: cancellation,
    error: null,
    stopped: true,
  });
  expect(log.execution.command_results).toEqual([
    {
      type: "bash",
      code: "echo 済み; exit 3",
      allowed: true,
      allow_reason: "allowlist通過",
      executed: true,
      returncode: 3,
      stdout: "済み\n",
      stderr: "",
      timeout: false,
    },
    {
      type: "powershell",
      code: "Remove-Item x",
      allowed: false,
      deny_reason: "deny_if_contains 'Remove-Item' に一致",
      matched_pattern: "Remove-Item",
      executed: false,
    },
    {
      type: "bash",
      code: "sleep 600 & echo $!; wait",
      allowed: true,
      allow_reason: "allowlist通過",
      executed: true,
      timeout: false,
      error: cancellation,
    },
    {
      type: "bash",
      code: "touch never-begun",
      allowed: true,
      allow_reason: "allowlist通過",
      executed: false,
      error: cancellation,
    },
  ]);
  expect(Object.keys(log)).toHaveLength(35);
  expect(log.execution.execution_summary).toEqual({
    executed_count: 1,
    denied_count: 1,
    timeout_count: 0,
    failed_count: 1,
  });
  expect(documentIn(run, phaseState)).toMatchObject({
    current_phase: "execute",
    current_step: 2,
    last_done: false,
    previous_phase: "S-3",
  });
  expect(documentIn(run, phaseSummary)).toMatchObject({
    end_reason: endReason,
    stopped_count: 1,
    success_count: 0,
    execution_summary: { executed_count: 1, failed_count: 1 },
  });
  expect([...run.tree.keys()]).not.toContain("never-begun");
  expect(run.events).toContainEqual(
    expect.objectContaining({ kind: "command-ended", index: 2, outcome: "cancelled", returnCode: null }),
  );
});

test("between two commands: what ran is told, the rest never begins", async () => {
  const run = await cancelAt((event) => event.kind === "command-ended" && event.index === 0, {
    config: bashConfig(),
    settings: bashSettings,
    replies: stepReplies([bash("touch first"), bash("touch second")]),
  });
  expect(run.exitCode).toBe(1);
  expect(run.tree.has("first")).toBe(true);
  expect(run.tree.has("second")).toBe(false);
  expect(documentIn(run, stepLog(1)).execution.command_results).toMatchObject([
    { executed: true, returncode: 0 },
    { executed: false, error: cancellation },
  ]);
});

test("after the last command of a step: its log is an ordinary one, and the next step is not begun", async () => {
  const run = await cancelAt((event) => event.kind === "command-ended", { replies: stepReplies() });
  expect(run.exitCode).toBe(1);
  expect(documentIn(run, stepLog(1))).toMatchObject({ phase: "execute", stopped: false });
  expect(documentIn(run, phaseSummary)).toMatchObject({ end_reason: endReason, success_count: 1 });
  expect(run.stdout.some((line) => line.startsWith("Step 2/"))).toBe(false);
});

test("when the run has come to its end anyway, that end stands", async () => {
  const run = await cancelAt((event) => event.kind === "line" && event.text.startsWith("done=True"), {
    files: filesOf({ [resultFile]: "合計:平均:件数:" }),
  });
  expect(run.exitCode).toBe(0);
  expect(documentIn(run, phaseSummary).end_reason).toBe("done");
});

test("a cancelled run is taken up where it was", async () => {
  const first = await cancelAt((event) => event.kind === "model-called" && event.role === "final", {
    replies: stepReplies(),
  });
  const second = await playRun(
    {
      config: configText(),
      files: first.tree,
      replies: stepReplies(),
      shell: [{ rc: 0, writes: [{ path: resultFile, text: "合計:平均:件数:" }] }],
    },
    programs(),
  );
  expect(second.exitCode).toBe(0);
  expect(documentIn(second, phaseSummary)).toMatchObject({ end_reason: "done", success_count: 2 });
  expect(existsSync(second.root)).toBe(false);
});
