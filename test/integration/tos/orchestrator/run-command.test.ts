import { mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { keptBytes } from "../../../../main/tos/orchestrator/captured-output";
import { runCommand, type CommandPlan } from "../../../../main/tos/orchestrator/run-command";
import { isProcessAlive } from "../../../../main/system/process-identity";
import { waitMs } from "../../../support/limits";
import { temporaryFolder } from "../../../support/temporary-folder";
import { waitUntil } from "../../../support/wait-until";

const environment = { PATH: process.env["PATH"] ?? "" };

/** A limit that is to strike: a hundred times what a shell needs to begin. */
const strikesMs = waitMs / 100;

interface Told {
  readonly kind: string;
  readonly text: string;
}

/** Where commands run that leave nothing. */
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(await realpath(tmpdir()), "gatehouse-command-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Runs a script of the shell; `told` are what its listener heard, `cancel` ends it. */
async function run(script: string, plan: Partial<CommandPlan> = {}) {
  const told: Told[] = [];
  const controller = new AbortController();
  const pids: number[] = [];
  const outcome = runCommand(
    {
      programs: ["sh"],
      args: ["-c", script],
      directory: folder,
      environment,
      timeoutMs: waitMs,
      encodings: ["utf-8"],
      ...plan,
    },
    controller.signal,
    {
      started: ({ pid }) => {
        if (pid !== null) pids.push(pid);
        told.push({ kind: "started", text: "" });
      },
      output: (stream, text) => told.push({ kind: stream, text }),
    },
  );
  return { outcome, told, pids, cancel: () => controller.abort({ operator: "o", reason: "r" }) };
}

async function endOf(script: string, plan: Partial<CommandPlan> = {}) {
  const { outcome } = await run(script, plan);
  return (await outcome).end;
}

test("output, return code and both streams are kept apart", async () => {
  expect(await endOf("echo out; echo err >&2; exit 7")).toEqual({
    kind: "exited",
    returnCode: 7,
    stdout: "out\n",
    stderr: "err\n",
  });
});

test("every kind of line break becomes one, and a byte order mark stays", async () => {
  expect(await endOf(String.raw`printf '\357\273\277a\r\nb\rc\n日本語\r\n'`)).toMatchObject({
    stdout: "\uFEFFa\nb\nc\n日本語\n",
  });
});

test("a signal counts as Python counts it", async () => {
  expect(await endOf("kill -TERM $$")).toMatchObject({ kind: "exited", returnCode: -15 });
  expect(await endOf("kill -KILL $$")).toMatchObject({ kind: "exited", returnCode: -9 });
});

test("its input is closed, its folder and environment are the given ones", async () => {
  const folder = await temporaryFolder();
  expect(
    await endOf("cat; pwd; env | grep -c .", {
      directory: folder,
      environment: { ...environment, ONE: "1" },
    }),
  ).toMatchObject({ stdout: expect.stringContaining(`${folder}\n`) });
  expect(await endOf("echo ${HOME-none}")).toMatchObject({ stdout: "none\n" });
});

test.each([
  [String.raw`printf '\202\240E'`, "'utf-8' codec can't decode byte 0x82 in position 0: invalid start byte"],
  [
    String.raw`printf 'ab\343\201'`,
    "'utf-8' codec can't decode bytes in position 2-3: unexpected end of data",
  ],
  [String.raw`printf '\343'`, "'utf-8' codec can't decode byte 0xe3 in position 0: unexpected end of data"],
  [
    String.raw`printf '\343\201A'`,
    "'utf-8' codec can't decode bytes in position 0-1: invalid continuation byte",
  ],
  [
    String.raw`printf '\355\240\200'`,
    "'utf-8' codec can't decode byte 0xed in position 0: invalid continuation byte",
  ],
  [
    String.raw`printf '日本\300\200' >&2`,
    "'utf-8' codec can't decode byte 0xc0 in position 6: invalid start byte",
  ],
  [
    String.raw`printf '\364\220\200\200'`,
    "'utf-8' codec can't decode byte 0xf4 in position 0: invalid continuation byte",
  ],
])("bytes that are no UTF-8 are refused in Python's words: %s", async (script, detail) => {
  expect(await endOf(script)).toEqual({ kind: "unreadable-output", detail });
});

test("where the system prints cp932, that is read", async () => {
  const script = String.raw`printf '\215\207\214\166\r\n'; printf 'ok' >&2`;
  expect(await endOf(script, { encodings: ["utf-8", "shift_jis"] })).toMatchObject({
    kind: "exited",
    stdout: "合計\n",
    stderr: "ok",
  });
});

test("the next program is taken where one is not on PATH; without any, it could not be started", async () => {
  expect(await endOf("echo hi", { programs: ["no-such-shell", "sh"] })).toMatchObject({ stdout: "hi\n" });
  expect(await endOf("", { programs: ["no-such-shell", "nor-this"] })).toEqual({
    kind: "not-started",
    detail: "[Errno 2] No such file or directory: 'no-such-shell'",
  });
});

test("a program that may not be run, or is none, could not be started", async () => {
  const folder = await temporaryFolder();
  await writeFile(join(folder, "plain"), "text", { mode: 0o644 });
  const end = await endOf("", { programs: [join(folder, "plain"), "sh"] });
  expect(end).toMatchObject({ kind: "not-started", detail: expect.stringContaining("EACCES") });
});

test.each([
  ["a null byte", "echo a\0b", "embedded null byte"],
  ["half a character", "echo \ud83d", "it holds half of a surrogate pair"],
])("code with %s is not run as something else", async (_what, script, detail) => {
  const { outcome, told } = await run(script);
  expect((await outcome).end).toMatchObject({
    kind: "not-started",
    detail: expect.stringContaining(detail),
  });
  expect(told).toEqual([]);
});

test("code of many kilobytes with every kind of quote arrives as it is", async () => {
  const odd = `'"\`$()\\ %PATH% 日本語\n${"x".repeat(100_000)}`;
  expect(await endOf('printf %s "$0"', { args: ["-c", 'printf %s "$0"', odd] })).toMatchObject({
    stdout: odd,
  });
});

// They wait for a limit and for the time a group is given to end, and do so at the same time.
test.concurrent("at its time limit the whole group is ended", async () => {
  const { outcome, told } = await run("sleep 600 & echo $!; wait", { timeoutMs: strikesMs });
  expect(await outcome).toEqual({ end: { kind: "timed-out" }, droppedBytes: 0 });
  const child = Number(told.find(({ kind }) => kind === "stdout")?.text);
  expect(child).toBeGreaterThan(0);
  await waitUntil("its child is gone", () => !isProcessAlive(child));
});

test.concurrent("a command that does not listen is killed", async () => {
  const { outcome, pids } = await run("trap '' TERM; while :; do sleep 1; done", { timeoutMs: strikesMs });
  expect((await outcome).end).toEqual({ kind: "timed-out" });
  await waitUntil("it is gone", () => pids.every((pid) => !isProcessAlive(pid)));
});

test.concurrent("what left the group is not waited for after the time limit", async () => {
  const { outcome, told } = await run("setsid sleep 600 & echo $!", { timeoutMs: strikesMs });
  expect((await outcome).end).toEqual({ kind: "timed-out" });
  const child = Number(told.find(({ kind }) => kind === "stdout")?.text);
  process.kill(child, "SIGKILL");
});

test.concurrent("an endless flood ends at its time limit", async () => {
  expect(await endOf("yes", { timeoutMs: strikesMs })).toEqual({ kind: "timed-out" });
});

test("what it left running holds it until its output is closed, as in the reference", async () => {
  expect(await endOf("(sleep 0.3; echo late) & echo early")).toMatchObject({ stdout: "early\nlate\n" });
});

test("cancelling ends it, before and after it has begun", async () => {
  const running = await run("echo ready; sleep 600");
  await waitUntil("it runs", () => running.told.some(({ kind }) => kind === "stdout"));
  running.cancel();
  expect((await running.outcome).end).toEqual({ kind: "cancelled" });
  await waitUntil("it is gone", () => running.pids.every((pid) => !isProcessAlive(pid)));

  const atOnce = await run("sleep 600");
  atOnce.cancel();
  expect((await atOnce.outcome).end).toEqual({ kind: "cancelled" });
});

test("output is told while it comes, and the same is kept", async () => {
  const directory = await temporaryFolder();
  const { outcome, told } = await run(
    String.raw`printf '日'; until [ -e go-on ]; do sleep 0.02; done; printf '\346\234'; sleep 0.3; printf '\254x\n'`,
    { directory },
  );
  await waitUntil("the first piece", () => told.some(({ kind }) => kind === "stdout"));
  await writeFile(join(directory, "go-on"), "");
  const { end } = await outcome;
  expect(told[0]).toEqual({ kind: "started", text: "" });
  const pieces = told.filter(({ kind }) => kind === "stdout").map(({ text }) => text);
  expect(pieces.length).toBeGreaterThan(1);
  expect(pieces.join("")).toBe("日本x\n");
  expect(end).toMatchObject({ stdout: "日本x\n" });
});

test("a flood is cut in memory and counted, also in the midst of a character", async () => {
  const { outcome, told } = await run("yes 日本 | head -c 20000000");
  const { end, droppedBytes } = await outcome;
  expect(droppedBytes).toBe(20_000_000 - keptBytes);
  if (end.kind !== "exited") throw new Error(end.kind);
  expect(Buffer.byteLength(end.stdout)).toBeGreaterThan(keptBytes - 4);
  expect(end.stdout).not.toContain("\uFFFD");
  const pieces = told.filter(({ kind }) => kind === "stdout").map(({ text }) => text);
  expect(Math.max(...pieces.map((piece) => piece.length))).toBeLessThanOrEqual(65_536);
  expect(end.stdout.startsWith(pieces.join("").slice(0, -1))).toBe(true);
});
