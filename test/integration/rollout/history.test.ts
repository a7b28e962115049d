import { appendFile, mkdir, readFile, rm, stat, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { summaryOf } from "#domain/rollout/summary";
import { expect, test } from "vitest";
import { createRolloutStore } from "../../../main/rollout/journal/rollout-store";
import { decisions, writeJournal } from "../../support/rollout/journaled";
import { checkEvents } from "../../support/rollout/journaled-check";
import { temporaryFolder } from "../../support/temporary-folder";

const idAt = (index: number): string => `202602${String(index + 1).padStart(2, "0")}T154640Z-1f3a`;
const cacheOf = (root: string): string => join(root, ".gatehouse", "rollouts", "index.json");

/** Rollouts of as many checks as their number says, the newest last. */
async function workspaceOf(rollouts: number): Promise<string> {
  const root = await temporaryFolder();
  for (let index = 0; index < rollouts; index += 1) {
    const [started = [], ...rest] = decisions(index);
    const named = started.map((event) =>
      event.type === "rollout-started" ? { ...event, rolloutId: idAt(index) } : event,
    );
    await writeJournal(root, [named, ...rest], idAt(index));
  }
  return root;
}

test("lists every rollout as its journal sums up, newest first", async () => {
  const root = await workspaceOf(4);
  const store = createRolloutStore(root);
  const { rollouts, unreadable } = await store.list();
  expect(unreadable).toEqual([]);
  expect(rollouts.map(({ rolloutId }) => rolloutId)).toEqual([3, 2, 1, 0].map(idAt));
  for (const row of rollouts) {
    const { state } = await store.read(row.rolloutId);
    expect(state && summaryOf(state, "")).toEqual(row);
  }
  expect(await createRolloutStore(root).list()).toEqual({ rollouts, unreadable });
});

test("a workspace without rollouts has an empty history", async () => {
  expect(await createRolloutStore(await temporaryFolder()).list()).toEqual({ rollouts: [], unreadable: [] });
});

test("does not read again what has not changed", async () => {
  const root = await workspaceOf(3);
  const listed = await createRolloutStore(root).list();
  const before = await stat(cacheOf(root), { bigint: true });
  expect(await createRolloutStore(root).list()).toEqual(listed);
  // Written once more only when something was read.
  expect((await stat(cacheOf(root), { bigint: true })).ino).toBe(before.ino);
});

test.each([
  ["missing", (file: string) => rm(file)],
  ["empty", (file: string) => writeFile(file, "")],
  ["cut off", async (file: string) => writeFile(file, (await readFile(file, "utf8")).slice(0, 700))],
  [
    "edited by hand",
    async (file: string) => writeFile(file, (await readFile(file, "utf8")).replace('"2.8.0"', '"9.9.9"')),
  ],
  ["of another version", (file: string) => writeFile(file, '{"schemaVersion":2,"rollouts":{}}')],
] as const)("a cache that is %s is made anew", async (_name, damage) => {
  const root = await workspaceOf(3);
  const listed = await createRolloutStore(root).list();
  const cache = await readFile(cacheOf(root), "utf8");
  await damage(cacheOf(root));
  expect(await createRolloutStore(root).list()).toEqual(listed);
  expect(await readFile(cacheOf(root), "utf8")).toBe(cache);
});

test("a cache that cannot be written costs nothing but time", async () => {
  const root = await workspaceOf(2);
  await mkdir(cacheOf(root));
  expect((await createRolloutStore(root).list()).rollouts).toHaveLength(2);
});

test("reads a journal again that changed, also when its size and its time are as before", async () => {
  const root = await workspaceOf(3);
  const store = createRolloutStore(root);
  const before = await store.list();
  const journal = await createRolloutStore(root).open(idAt(1));
  await journal.append(checkEvents(900_000));
  await journal.close();
  const after = await store.list();
  expect(after.rollouts[0]).toEqual(before.rollouts[0]);
  expect(after.rollouts[1]).not.toEqual(before.rollouts[1]);

  const file = join(root, ".gatehouse", "rollouts", idAt(1), "journal.jsonl");
  const { atime, mtime } = await stat(file);
  const bytes = await readFile(file);
  bytes[bytes.length - 10] = (bytes[bytes.length - 10] ?? 0) ^ 1;
  await writeFile(file, bytes);
  await utimes(file, atime, mtime);
  expect((await store.list()).rollouts[1]?.problem).toMatch(/line \d+, byte \d+: expected hash/);
});

test("takes the figures of an open journal from its state, and keeps no outdated ones", async () => {
  const root = await workspaceOf(2);
  const store = createRolloutStore(root);
  await store.list();
  const journal = await store.open(idAt(1));
  const cache = await readFile(cacheOf(root), "utf8");
  const [check] = checkEvents(900_000);
  if (check?.type !== "check-recorded") throw new Error("expected a check");
  await journal.append([{ ...check, check: 4_711 }]);
  expect((await store.list()).rollouts[0]?.checks).toBe(4_711);
  expect(await readFile(cacheOf(root), "utf8")).toBe(cache);
  await journal.close();
  expect((await store.list()).rollouts[0]?.checks).toBe(4_711);
  expect((await createRolloutStore(root).list()).rollouts[0]?.checks).toBe(4_711);
});

test("shows a broken journal as far as it holds, names those that hold nothing, and passes over no rollout at all", async () => {
  const root = await workspaceOf(3);
  const folder = join(root, ".gatehouse", "rollouts");
  await appendFile(join(folder, idAt(2), "journal.jsonl"), "nonsense\n");
  await writeFile(join(folder, idAt(1), "journal.jsonl"), "");
  await mkdir(join(folder, idAt(20)));
  await mkdir(join(folder, "notes"));
  for (const store of [createRolloutStore(root), createRolloutStore(root)]) {
    const { rollouts, unreadable } = await store.list();
    expect(rollouts.map(({ rolloutId, problem }) => [rolloutId, problem === ""])).toEqual([
      [idAt(2), false],
      [idAt(0), true],
    ]);
    expect(unreadable).toEqual([{ rolloutId: idAt(1), problem: expect.stringContaining("an empty file") }]);
    expect(await store.latestId()).toBe(idAt(2));
  }
});

test("forgets rollouts that are gone", async () => {
  const root = await workspaceOf(3);
  const store = createRolloutStore(root);
  await store.list();
  await rm(join(root, ".gatehouse", "rollouts", idAt(1)), { recursive: true });
  expect((await store.list()).rollouts.map(({ rolloutId }) => rolloutId)).toEqual([idAt(2), idAt(0)]);
  expect(await readFile(cacheOf(root), "utf8")).not.toContain(idAt(1));
});
