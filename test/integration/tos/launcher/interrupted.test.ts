import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, expect, onTestFinished, test } from "vitest";
import type { ProgressEvent } from "#contract/tos/progress";
import { lockFile, progressFileOf } from "#domain/tos/runs/run-files";
import { isProcessAlive } from "../../../../main/system/process-identity";
import { cancelRun } from "../../../../main/tos/runs/cancel";
import { readLock } from "../../../../main/tos/runs/lock";
import { readProgress } from "../../../../main/tos/runs/progress-file";
import { readRun, readRuns } from "../../../../main/tos/runs/run-store";
import {
  type LauncherProject,
  launcherPrograms,
  openLauncherProject,
  recordedRuns,
  startLauncher,
} from "../../../support/tos/launched";
import { readTree, type RunScript } from "../../../support/tos/orchestrated-run";
import { waitUntil } from "../../../support/wait-until";

const programs = launcherPrograms();
const recorded = recordedRuns();
/** One step whose command never ends. */
let hanging: RunScript;
/** The same with a command that reaches the goal. */
let whole: RunScript;

beforeAll(() => {
  whole = recorded("02_one_step_done/run_1").script;
  hanging = { ...whole, shell: [{ hang: true }] };
});

const firstRun = "20261121T045200Z-0001";

/** A project with a run whose command is under way. */
async function withRun(): Promise<{
  readonly project: LauncherProject;
  readonly process: ReturnType<typeof startLauncher>;
  readonly command: number;
}> {
  const project = await openLauncherProject(hanging, programs());
  onTestFinished(() => project.close());
  const process = startLauncher(project.root, ["-Mode", "run", "--run-id", firstRun], project.environment);
  onTestFinished(() => void process.kill("SIGKILL"));
  const command = await waitUntil("its command runs", async () => {
    const event = (await eventsOf(project, firstRun)).find(({ kind }) => kind === "command-started");
    return event?.kind === "command-started" ? event.pid : null;
  });
  return { project, process, command };
}

async function eventsOf({ root }: LauncherProject, runId: string): Promise<ProgressEvent[]> {
  return (await readProgress(join(root, progressFileOf(runId)), 0)).map(({ event }) => event);
}

const lastLines = (stdout: string): string[] => stdout.trimEnd().split("\n").slice(-2);

test("a second launch is refused in one line and touches nothing (G43); the first can be cancelled", async () => {
  const { project, process, command } = await withRun();
  const before = await readTree(project.root);
  const second = await project.launch(["-Mode", "TEST", "-Clean"]);
  expect(second.stdout).toEqual(["TOS cc_run start", "Root <BASE>", "Mode TEST"]);
  expect(second.stderr).toEqual([
    `governance: G43 another run works on <BASE>: run ${firstRun}, process ${process.pid}`,
  ]);
  expect(second.exitCode).toBe(1);
  expect(second.tree).toEqual(before);
  expect(await readLock(project.root)).toMatchObject({ runId: firstRun, pid: process.pid });

  expect(await cancelRun(project.root, firstRun, { operator: "mia", reason: "wrong folder" })).toBe(true);
  const { exitCode, stdout } = await process;
  expect(exitCode).toBe(1);
  expect(lastLines(stdout)).toEqual([
    "TOS v0.3 Orchestrator 終了 (cancelled: wrong folder)",
    "orchestrator failed with exit code 1",
  ]);
  const events = await eventsOf(project, firstRun);
  expect(events).toContainEqual({ kind: "cancelling", operator: "mia", reason: "wrong folder" });
  expect(events.at(-1)).toEqual({ kind: "ended", exitCode: 1, endReason: "cancelled: wrong folder" });
  expect(isProcessAlive(command)).toBe(false);
  const log = JSON.parse(await readFile(join(project.root, "logs/steps/step_001.json"), "utf8")) as {
    execution: { command_results: unknown[] };
  };
  expect(log).toMatchObject({ phase: "execute", stopped: true });
  expect(log.execution.command_results).toMatchObject([
    { executed: true, error: "cancelled by mia: wrong folder" },
  ]);
  expect(await cancelRun(project.root, firstRun, { operator: "mia", reason: "again" })).toBe(false);
  expect(await readLock(project.root)).toBeNull();
});

test("a signal without a word is said by its name, however often it comes", async () => {
  const { project, process } = await withRun();
  process.kill("SIGINT");
  // An impatient operator, until it is gone: also while it says its last words and frees the project.
  const impatience = setInterval(() => process.kill("SIGINT"), 1);
  onTestFinished(() => clearInterval(impatience));
  await process;
  const events = await eventsOf(project, firstRun);
  expect(events.filter(({ kind }) => kind === "cancelling")).toHaveLength(1);
  expect(events.at(-1)).toEqual({
    kind: "ended",
    exitCode: 1,
    endReason: "cancelled: interrupted by SIGINT",
  });
  expect((await readTree(project.root)).has(lockFile)).toBe(false);
});

test("a killed run leaves its story; the next one ends its command and takes its place", async () => {
  const { project, process, command } = await withRun();
  process.kill("SIGKILL");
  await process;
  expect(isProcessAlive(command)).toBe(true);
  expect(await readRun(project.root, firstRun)).toMatchObject({
    state: "vanished",
    exitCode: null,
    step: null,
  });
  expect(await readLock(project.root)).toBeNull();

  const next = await project.launch(["-Mode", "checkpoint", "-CheckpointName", "after"]);
  expect(isProcessAlive(command)).toBe(false);
  expect(next.stderr[0]).toBe(
    `run ${firstRun} never ended: its process ${process.pid} is gone, and this run has taken its place`,
  );
  const [newest, oldest] = await readRuns(project.root, 10);
  expect(oldest).toMatchObject({ runId: firstRun, state: "vanished" });
  expect(newest).toMatchObject({ operation: "checkpoint", state: "ended", subject: "after" });
  expect(next.tree.has(".gatehouse/tos/lock.json")).toBe(false);
});

test("of many that begin at once, exactly one works on the project", async () => {
  const project = await openLauncherProject(hanging, programs());
  onTestFinished(() => project.close());
  const processes = Array.from({ length: 4 }, () =>
    startLauncher(project.root, ["-Mode", "run"], project.environment),
  );
  for (const process of processes) onTestFinished(() => void process.kill("SIGKILL"));
  const refused = new Set<unknown>();
  const ends = processes.map(async (process) => {
    const end = await process;
    refused.add(process);
    return end;
  });
  await waitUntil("all but one have ended", () => refused.size === processes.length - 1);
  const winner = processes.find((process) => !refused.has(process));
  expect(await readLock(project.root)).toMatchObject({ pid: winner?.pid });
  // It has the lock before it has told anybody of itself.
  await expect.poll(() => readRuns(project.root, 10)).toHaveLength(1);
  expect(await readRuns(project.root, 10)).toMatchObject([{ state: "running" }]);
  winner?.kill("SIGTERM");
  const stderr = (await Promise.all(ends)).map((end) => end.stderr);
  expect(stderr.filter((text) => /^governance: G43 [^\n]*\n$/.test(text))).toHaveLength(3);
  expect((await winner)?.exitCode).toBe(1);
});

test("a run goes on when nobody reads what it prints any more", async () => {
  const project = await openLauncherProject(whole, programs());
  onTestFinished(() => project.close());
  const process = startLauncher(project.root, ["-Mode", "test", "--run-id", firstRun], project.environment);
  process.stdout.destroy();
  process.stderr.destroy();
  await process;
  const events = await eventsOf(project, firstRun);
  expect(events.at(-1)).toEqual({ kind: "ended", exitCode: 0, endReason: "test passed" });
});
