import { appendFile, mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { acknowledgedFile, cancelFileOf, lockFile, progressFileOf } from "#domain/tos/runs/run-files";
import { systemClock } from "../../../../main/system/clock";
import { processStartTime } from "../../../../main/system/process-identity";
import { appendAcknowledged, readAcknowledged } from "../../../../main/tos/runs/acknowledged-file";
import {
  cancelRun,
  listenForCancel,
  readCancelRequest,
  whenCancelled,
} from "../../../../main/tos/runs/cancel";
import { lockProject, ProjectLockedError, readLock } from "../../../../main/tos/runs/lock";
import { openProgress, readProgress, readProgressFrom } from "../../../../main/tos/runs/progress-file";
import { nextRunId, readRun, readRuns } from "../../../../main/tos/runs/run-store";
import { temporaryFolder } from "../../../support/temporary-folder";

const runId = "20261121T045200Z-0001";

async function writeBelow(root: string, path: string, text: string): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), text);
}

describe("the lock of a project", () => {
  test("is held once, and free again when it is released", async () => {
    const root = await temporaryFolder();
    const lock = await lockProject(root, runId);
    expect(await readLock(root)).toMatchObject({ runId, pid: process.pid });
    const refused = await lockProject(root, "20261121T045300Z-0002").catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(ProjectLockedError);
    expect((refused as ProjectLockedError).message).toBe(
      `another run works on ${root}: run ${runId}, process ${process.pid}`,
    );
    await lock.release();
    expect(await readLock(root)).toBeNull();
    await (await lockProject(root, runId)).release();
    expect(await readdir(join(root, ".gatehouse/tos"))).toEqual([]);
  });

  test.each([
    ["", null],
    ["not JSON", null],
    ['{"schemaVersion":1,"runId":"x","pid":0,"startTime":null}', null],
    // A later process that was given the same number is not the run.
    [
      JSON.stringify({ schemaVersion: 1, runId, pid: process.pid, startTime: "1" }),
      { runId, startTime: "1" },
    ],
  ])("of nobody who lives is taken over: %s", async (text, from) => {
    const root = await temporaryFolder();
    await writeBelow(root, lockFile, text);
    const lock = await lockProject(root, "20261121T045300Z-0002");
    if (from === null) expect(lock.takenOverFrom).toBeNull();
    else expect(lock.takenOverFrom).toMatchObject(from);
    await lock.release();
    expect(await readdir(join(root, ".gatehouse/tos"))).toEqual([]);
  });

  test("another's lock is left alone by a release", async () => {
    const root = await temporaryFolder();
    const lock = await lockProject(root, runId);
    const text = JSON.stringify({ ...(await readLock(root)), schemaVersion: 1, runId: "other" });
    await writeFile(join(root, lockFile), text);
    await lock.release();
    expect(await readFile(join(root, lockFile), "utf8")).toBe(text);
  });

  test("a project that cannot be written is said plainly", async () => {
    const root = await temporaryFolder();
    await writeFile(join(root, ".gatehouse"), "a file");
    await expect(lockProject(root, runId)).rejects.toThrow(/lock\.json cannot be written: /);
  });

  test("hides what is ours from git, in a work tree only", async () => {
    const [plain, tree] = [await temporaryFolder(), await temporaryFolder()];
    await mkdir(join(tree, ".git"));
    const below = join(tree, "project");
    await mkdir(below);
    for (const root of [plain, below]) await (await lockProject(root, runId)).release();
    expect(await readFile(join(below, ".gatehouse/.gitignore"), "utf8")).toBe("*\n");
    expect(await readdir(join(plain, ".gatehouse"))).toEqual(["tos"]);
  });

  test("writes again what a kill left empty, and leaves an operator's own words alone", async () => {
    const root = await temporaryFolder();
    const ignore = join(root, ".gatehouse/.gitignore");
    await mkdir(join(root, ".git"));
    await mkdir(join(root, ".gatehouse"));
    for (const [found, afterwards] of [
      ["", "*\n"],
      ["*\n!settings.json\n", "*\n!settings.json\n"],
    ] as const) {
      await writeFile(ignore, found);
      await (await lockProject(root, runId)).release();
      expect(await readFile(ignore, "utf8")).toBe(afterwards);
    }
  });
});

describe("the progress of a run", () => {
  test("is on disk when report returns, and can be followed from any whole line", async () => {
    const root = await temporaryFolder();
    const path = join(root, progressFileOf(runId));
    const progress = openProgress(root, runId, systemClock);
    progress.report({ kind: "line", stream: "stdout", text: "一\n二" });
    const first = await readProgressFrom(path, 0);
    expect(first.entries).toMatchObject([{ sequence: 1, event: { text: "一\n二" } }]);
    expect(first.byteOffset).toBe((await stat(path)).size);
    progress.report({ kind: "ended", exitCode: 0, endReason: "done" });
    await appendFile(path, '{"sequence":3,"uni');
    const rest = await readProgressFrom(path, first.byteOffset);
    expect(rest.entries).toMatchObject([{ sequence: 2, event: { kind: "ended" } }]);
    expect(await readProgress(path, 1)).toEqual(rest.entries);
    expect((await readProgressFrom(path, rest.byteOffset)).entries).toEqual([]);
    progress.close();
    expect(() => openProgress(root, runId, systemClock)).toThrow("EEXIST");
    expect(await readRuns(root, 5)).toMatchObject([{ runId, state: "ended", exitCode: 0 }]);
  });

  test("a run that has told nothing is none; identifiers go on from the newest", async () => {
    const root = await temporaryFolder();
    expect(await readRun(root, runId)).toBeNull();
    expect(await readRuns(root, 5)).toEqual([]);
    await writeBelow(root, progressFileOf(runId), "");
    await writeBelow(root, "/.gatehouse/tos/runs/notes.jsonl", "");
    expect(await readRuns(root, 5)).toEqual([]);
    expect(await nextRunId(root, Date.UTC(2026, 10, 21, 4, 52))).toMatch(/^20261121T045201Z-[0-9a-f]{4}$/);
  });
});

describe("asking a run to end", () => {
  test("leaves who and why on disk before the process hears of it", async () => {
    const root = await temporaryFolder();
    const progress = openProgress(root, runId, systemClock);
    progress.report({
      kind: "started",
      operation: "run",
      clean: false,
      pid: process.pid,
      startTime: processStartTime(process.pid),
      operator: "mia",
      from: "window",
      reason: "",
      acknowledgements: [],
      subject: "",
    });
    const heard: unknown[] = [];
    const listener = listenForCancel(root, runId, "nobody");
    whenCancelled(listener.signal, (request) => heard.push(request));
    const request = { operator: "mia", reason: "間違い" };
    expect(await cancelRun(root, runId, request)).toBe(true);
    await expect.poll(() => heard).toEqual([request]);
    expect(listener.signal.reason).toEqual(request);
    // Who asks later is told at once.
    whenCancelled(listener.signal, (again) => heard.push(again));
    expect(heard).toEqual([request, request]);
    expect(readCancelRequest(root, runId)).toEqual(request);
    listener.close();
    progress.close();
  });

  test("a run that is not there cannot be asked, and a broken request counts as none", async () => {
    const root = await temporaryFolder();
    expect(await cancelRun(root, runId, { operator: "mia", reason: "x" })).toBe(false);
    await writeBelow(root, cancelFileOf(runId), '{"operator":"mia","reason":""}');
    expect(readCancelRequest(root, runId)).toBeNull();
  });
});

test("what was acknowledged is added to, also after a torn line", async () => {
  const root = await temporaryFolder();
  const entry = {
    unixMs: 1,
    operator: "mia",
    operation: "run",
    runId,
    rule: "G41",
    reason: "known",
  } as const;
  expect(await readAcknowledged(root)).toEqual([]);
  await appendAcknowledged(root, []);
  expect(await readdir(root)).toEqual([]);
  await appendAcknowledged(root, [entry]);
  await appendFile(join(root, acknowledgedFile), '{"unixMs":2,"oper');
  await appendAcknowledged(root, [
    { ...entry, unixMs: 3 },
    { ...entry, unixMs: 4, runId: null },
  ]);
  expect((await readAcknowledged(root)).map(({ unixMs }) => unixMs)).toEqual([1, 3, 4]);
});
