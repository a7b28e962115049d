import { execa } from "execa";
import { mkdir, readFile, rm, stat, truncate, writeFile } from "node:fs/promises";
import type { RolloutEvent } from "#contract/rollout/journal";
import { expect, test } from "vitest";
import { createRolloutStore } from "../../../main/rollout/journal/rollout-store";
import { decisions, writeJournal } from "../../support/rollout/journaled";
import { checkEvents } from "../../support/rollout/journaled-check";
import { rolloutId } from "../../support/rollout/story";
import { temporaryFolder } from "../../support/temporary-folder";

const path = `.gatehouse/rollouts/${rolloutId}/journal.jsonl`;

/** A journal of few bytes but with links to break: started, paused, resumed, paused. */
function smallDecisions(): (readonly RolloutEvent[])[] {
  const [started = []] = decisions(0);
  const [pause] = decisions(0).at(-1) ?? [];
  if (pause?.type !== "paused") throw new Error("expected a pause");
  return [started, [pause], [{ ...pause, type: "resumed" }], [pause]];
}

test("every single bit that flips anywhere is noticed, or tears off the last line", async () => {
  const root = await temporaryFolder();
  const file = await writeJournal(root, smallDecisions());
  const whole = await readFile(file);
  const store = createRolloutStore(root);
  const states = new Map<number, string>();
  for (let at = 0, line = 1; at < whole.length; line += 1) {
    at = whole.indexOf(0x0a, at) + 1;
    await writeFile(file, whole.subarray(0, at));
    states.set(line, JSON.stringify((await store.read(rolloutId)).state));
  }
  const lastLine = whole.lastIndexOf(0x0a, whole.length - 2) + 1;
  const unnoticed: string[] = [];
  for (let at = 0; at < whole.length; at += 1) {
    const flipped = Buffer.from(whole);
    flipped[at] = (flipped[at] ?? 0) ^ (1 << (at % 8));
    await writeFile(file, flipped);
    const { problem, entries, state, tornBytes } = await store.read(rolloutId);
    const holdsBefore = entries === 0 ? state === null : JSON.stringify(state) === states.get(entries);
    const line = whole.subarray(0, at).toString("latin1").split("\n").length;
    const noticed =
      problem === null
        ? at === whole.length - 1 && tornBytes === whole.length - lastLine
        : problem.record.line === line;
    if (!noticed || !holdsBefore || entries !== line - 1) unnoticed.push(`byte ${at}: ${problem?.message}`);
  }
  expect(unnoticed).toEqual([]);
});

test("cut off at any byte, a journal keeps its whole entries and goes on", async () => {
  const root = await temporaryFolder();
  const small = smallDecisions();
  const file = await writeJournal(root, small);
  const whole = await readFile(file);
  const [, , resumed = []] = small;
  for (let length = 0; length <= whole.length; length += 1) {
    await writeFile(file, whole.subarray(0, length));
    const journal = await createRolloutStore(root).open(rolloutId);
    const kept = whole.subarray(0, length).lastIndexOf(0x0a) + 1;
    const entries = whole.subarray(0, kept).toString().split("\n").length - 1;
    expect(journal.entries).toBe(entries);
    if (entries === 0) {
      expect(journal.problem?.message).toContain("expected the rollout's first entry");
      await expect(journal.append(resumed)).rejects.toMatchObject({ code: "conflict" });
    } else {
      expect(journal).toMatchObject({ problem: null, tornBytes: length - kept });
      expect((await stat(file)).size).toBe(kept);
      if (length % 64 === 0) {
        await journal.append(resumed);
        expect(await createRolloutStore(root).read(rolloutId)).toMatchObject({
          entries: entries + 1,
          problem: null,
        });
      }
    }
    await journal.close();
  }
});

test.each([
  ["an entry taken out", (lines: string[]) => lines.toSpliced(1, 1), 2],
  ["an entry doubled", (lines: string[]) => lines.toSpliced(2, 0, lines[1] ?? ""), 3],
  ["two entries exchanged", ([a, b, c, d]: string[]) => [a, c, b, d], 2],
  ["an empty line", (lines: string[]) => lines.toSpliced(2, 0, ""), 3],
  ["the first entry of all taken out", (lines: string[]) => lines.slice(1), 1],
  ["NUL bytes after the last line", (lines: string[]) => [...lines, "\0\0\0\0"], 5],
  ["JSON of another kind", (lines: string[]) => [...lines, '{"hello":"world"}'], 5],
] as const)("%s breaks the chain there, and nothing is appended", async (_name, change, line) => {
  const root = await temporaryFolder();
  const file = await writeJournal(root, smallDecisions());
  const lines = (await readFile(file, "utf8")).split("\n").slice(0, -1);
  const text = `${change(lines).join("\n")}\n`;
  await writeFile(file, text);
  const journal = await createRolloutStore(root).open(rolloutId);
  const byteOffset =
    Buffer.byteLength(
      text
        .split("\n")
        .slice(0, line - 1)
        .join("\n"),
    ) + (line > 1 ? 1 : 0);
  expect(journal.entries).toBe(line - 1);
  expect(journal.problem?.record).toMatchObject({ path, line, byteOffset });
  expect(journal.problem?.message).toMatch(
    new RegExp(`^\\S+journal.jsonl, line ${line}, byte ${byteOffset}: expected .+, found .+\\.$`),
  );
  await expect(journal.append(checkEvents(0))).rejects.toMatchObject({
    code: "conflict",
    details: [journal.problem?.message],
  });
  await journal.close();
  expect(await readFile(file, "utf8")).toBe(text);
});

test("bytes that are not UTF-8 break the chain", async () => {
  const root = await temporaryFolder();
  const file = await writeJournal(root, smallDecisions());
  const bytes = await readFile(file);
  const at = bytes.indexOf("release 2.8");
  bytes[at] = 0xff;
  await writeFile(file, bytes);
  const { problem, state } = await createRolloutStore(root).read(rolloutId);
  expect(state).toBeNull();
  expect(problem?.message).toBe(`${path}, line 1, byte 0: expected UTF-8 text, found bytes that are not.`);
});

test("an endless line, a folder and a pipe in place of the journal are said, and wait for nothing", async () => {
  const root = await temporaryFolder();
  const file = await writeJournal(root, smallDecisions());
  const { size } = await stat(file);
  await truncate(file, size + 100 * 1_048_576);
  const long = await createRolloutStore(root).open(rolloutId);
  expect(long.entries).toBe(4);
  expect(long.problem?.message).toContain(`line 5, byte ${size}: expected a line of at most 16777216 bytes`);
  await long.close();
  expect((await stat(file)).size).toBe(size + 100 * 1_048_576);

  await rm(file);
  await mkdir(file);
  const folder = await createRolloutStore(root).open(rolloutId);
  expect(folder.problem?.message).toContain("it is a directory, expected a file");
  await rm(file, { recursive: true });
  await execa("mkfifo", [file]);
  const pipe = await createRolloutStore(root).open(rolloutId);
  expect(pipe.problem?.message).toContain("it is not a regular file");
  expect((await createRolloutStore(root).list()).unreadable).toMatchObject([{ rolloutId }]);
});
