import { createHash } from "node:crypto";
import { appendFile, mkdir, readFile, rename, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { replay } from "#domain/rollout/evolve";
import { trendPoint } from "#domain/rollout/trends";
import { describe, expect, test } from "vitest";
import { createRolloutStore } from "../../../main/rollout/journal/rollout-store";
import { decisions, writeJournal } from "../../support/rollout/journaled";
import { checkEvents } from "../../support/rollout/journaled-check";
import { rolloutId } from "../../support/rollout/story";
import { temporaryFolder } from "../../support/temporary-folder";

const path = `.gatehouse/rollouts/${rolloutId}/journal.jsonl`;
const linesOf = async (file: string) => (await readFile(file, "utf8")).split("\n").slice(0, -1);

describe("a journal", () => {
  test("is, replayed from its file, the state that was live", async () => {
    const root = await temporaryFolder();
    const [first = [], ...rest] = decisions(5);
    const live = await createRolloutStore(root).create(rolloutId, first);
    for (const events of rest) await live.append(events);
    await live.close();
    const read = await createRolloutStore(root).read(rolloutId);
    expect(read).toMatchObject({ rolloutId, path, entries: rest.length + 1, problem: null, tornBytes: 0 });
    expect(JSON.stringify(read.state)).toBe(JSON.stringify(live.state));
    expect(JSON.stringify(read.state)).toBe(JSON.stringify(replay([first, ...rest].flat())));
    expect(read.trends()).toEqual(live.trends());
  });

  test("chains its lines by the hash of their bytes", async () => {
    const lines = await linesOf(await writeJournal(await temporaryFolder(), decisions(2)));
    let previous = "0".repeat(64);
    for (const [index, line] of lines.entries()) {
      expect(line.startsWith(`{"sequence":${index + 1},"previousHash":"${previous}","events":[{`)).toBe(true);
      previous = createHash("sha256")
        .update(line.slice(0, line.lastIndexOf(',"hash":"')))
        .digest("hex");
      expect(line.endsWith(`,"hash":"${previous}"}`)).toBe(true);
    }
  });

  test("serves appends one after another, whoever waits for them", async () => {
    const root = await temporaryFolder();
    const [first = [], ...rest] = decisions(12);
    const journal = await createRolloutStore(root).create(rolloutId, first);
    const entries = await Promise.all(rest.map((events) => journal.append(events)));
    expect(entries.map(({ sequence }) => sequence)).toEqual(rest.map((_, index) => index + 2));
    await journal.close();
    expect((await linesOf(join(root, path))).length).toBe(rest.length + 1);
    await expect(journal.append(checkEvents(0))).rejects.toThrow("was closed");
  });

  test("takes nothing that it could not give back", async () => {
    const root = await temporaryFolder();
    const journal = await createRolloutStore(root).create(rolloutId, decisions(0)[0] ?? []);
    const before = await readFile(join(root, path));
    const [check] = checkEvents(10_000);
    if (check?.type !== "check-recorded") throw new Error("expected a check");
    const impossible = { ...check, at: { ...check.at, unixMs: Number.NaN } };
    await expect(journal.append([impossible])).rejects.toMatchObject({
      code: "internal",
      details: [expect.stringContaining("events.0.at.unixMs")],
    });
    await expect(journal.append([])).rejects.toMatchObject({ code: "internal" });
    expect(await readFile(join(root, path))).toEqual(before);
    await journal.append([check]);
    await journal.close();
    expect((await createRolloutStore(root).read(rolloutId)).entries).toBe(2);
  });

  test("is made once, under an identifier that leads nowhere else", async () => {
    const root = await temporaryFolder();
    await writeJournal(root, decisions(0));
    const store = createRolloutStore(root);
    const [first = []] = decisions(0);
    await expect(store.create(rolloutId, first)).rejects.toMatchObject({ code: "conflict" });
    await expect(store.create("../../outside", first)).rejects.toMatchObject({ code: "invalid_request" });
    await expect(store.open("20260213T154641Z-0000")).rejects.toMatchObject({ code: "not_found" });
    expect(await store.latestId()).toBe(rolloutId);
  });

  test("gets an identifier after every other, also when the clock was set back", async () => {
    const root = await temporaryFolder();
    const store = createRolloutStore(root);
    expect(await store.latestId()).toBeNull();
    await writeJournal(root, decisions(0));
    const id = await store.newRolloutId(Date.UTC(2026, 1, 13, 13, 46, 40));
    expect(id).toMatch(/^20260213T154641Z-[0-9a-f]{4}$/);
    await mkdir(join(root, ".gatehouse", "rollouts", "20270101T000000Z-0000"));
    expect(await store.latestId()).toBe(rolloutId);
    expect((await store.newRolloutId(0)) > "20270101T000000Z-0000").toBe(true);
  });

  test("is not hidden by what only looks like a newer one", async () => {
    const root = await temporaryFolder();
    await writeJournal(root, decisions(0));
    await writeFile(join(root, ".gatehouse", "rollouts", "20991121T045200Z-0000"), "a file");
    const noDate = join(root, ".gatehouse", "rollouts", "99999999T999999Z-ffff");
    await mkdir(noDate);
    await writeFile(join(noDate, "journal.jsonl"), "");
    const store = createRolloutStore(root);
    expect(await store.latestId()).toBe(rolloutId);
    expect((await store.list()).rollouts.map((summary) => summary.rolloutId)).toEqual([rolloutId]);
  });
});

describe("what a journal tells", () => {
  test("is read newest first, page by page, each entry with its place", async () => {
    const root = await temporaryFolder();
    const written = decisions(20);
    const bytes = await readFile(await writeJournal(root, written));
    const journal = await createRolloutStore(root).read(rolloutId);
    const first = await journal.timeline({ beforeSequence: null, limit: 5, notableOnly: false });
    expect(first.total).toBe(written.length);
    expect(first.entries.map(({ sequence }) => sequence)).toEqual(
      [0, 1, 2, 3, 4].map((back) => written.length - back),
    );
    for (const { byteOffset, hash, sequence, events } of first.entries) {
      const line = bytes.subarray(byteOffset, bytes.indexOf("\n", byteOffset)).toString();
      expect(JSON.parse(line)).toMatchObject({ sequence, hash });
      expect(events).toEqual(written[sequence - 1]);
    }
    const next = await journal.timeline({ beforeSequence: 4, limit: 100, notableOnly: false });
    expect(next.entries.map(({ sequence }) => sequence)).toEqual([3, 2, 1]);
  });

  test("leaves out checks that changed nothing when asked for what is notable", async () => {
    const root = await temporaryFolder();
    const written = decisions(20);
    await writeJournal(root, written);
    const journal = await createRolloutStore(root).read(rolloutId);
    const page = await journal.timeline({ beforeSequence: null, limit: 100, notableOnly: true });
    expect(page.total).toBe(page.entries.length);
    const types = page.entries.map(({ events }) => events.map(({ type }) => type).join()).toReversed();
    expect(types.slice(0, 1)).toEqual(["rollout-started"]);
    expect(types.slice(-2)).toEqual(["check-recorded", "paused"]);
    expect(types).toContain("phase-entered");
    // Of the 20 passing checks only those that changed a verdict are left.
    expect(types.filter((type) => type === "check-recorded").length).toBeLessThan(6);
  });

  test("gives each check with the state it was judged in", async () => {
    const root = await temporaryFolder();
    const written = decisions(300);
    await writeJournal(root, written);
    const journal = await createRolloutStore(root).read(rolloutId);
    for (const number of [1, 2, 127, 128, 129, 255, 300]) {
      const found = await journal.check(number);
      const index = written.findIndex((events) =>
        events.some((event) => event.type === "check-recorded" && event.check === number),
      );
      expect(found?.check.check).toBe(number);
      expect(found?.stateBefore).toEqual(replay(written.slice(0, index).flat()));
      expect(found?.record).toMatchObject({ path, line: index + 1 });
      expect(found && trendPoint(found.stateBefore, found.check)).toEqual(journal.trends()[number - 1]);
    }
    expect(await journal.check(9_999)).toBeNull();
    expect(journal.trends()).toHaveLength(journal.state?.checks ?? 0);
  });

  test("is refused once the file is no longer what was verified", async () => {
    const root = await temporaryFolder();
    const file = await writeJournal(root, decisions(3));
    const journal = await createRolloutStore(root).read(rolloutId);
    const text = await readFile(file, "utf8");
    await writeFile(file, text.replace("release 2.8", "release 2.9"));
    await expect(journal.timeline({ beforeSequence: 2, limit: 1, notableOnly: false })).rejects.toMatchObject(
      {
        code: "unreadable",
        message: `${path}, line 1, byte 0: changed since the journal was verified.`,
      },
    );
    await rename(file, `${file}.gone`);
    await expect(journal.check(1)).rejects.toMatchObject({ code: "unreadable" });
  });
});

describe("two openers", () => {
  test("never both write: the second to do so is refused, and the chain holds", async () => {
    const root = await temporaryFolder();
    const file = await writeJournal(root, decisions(0).slice(0, 1));
    const one = await createRolloutStore(root).open(rolloutId);
    const two = await createRolloutStore(root).open(rolloutId);
    await one.append(checkEvents(10_000));
    const size = (await stat(file)).size;
    await expect(two.append(checkEvents(20_000))).rejects.toMatchObject({ code: "conflict" });
    await expect(two.append(checkEvents(20_000))).rejects.toThrow("written by somebody else");
    expect((await stat(file)).size).toBe(size);
    await Promise.all([one.close(), two.close()]);
    expect(await createRolloutStore(root).read(rolloutId)).toMatchObject({ entries: 2, problem: null });
  });

  test("a reader passes over the line that is being written, and leaves it", async () => {
    const root = await temporaryFolder();
    const file = await writeJournal(root, decisions(0).slice(0, 1));
    await appendFile(file, '{"sequence":2,"previo');
    const before = await readFile(file);
    expect(await createRolloutStore(root).read(rolloutId)).toMatchObject({
      entries: 1,
      tornBytes: 21,
      problem: null,
    });
    expect(await readFile(file)).toEqual(before);
  });

  test("a journal that was moved away is not written on", async () => {
    const root = await temporaryFolder();
    const file = await writeJournal(root, decisions(0).slice(0, 1));
    const journal = await createRolloutStore(root).open(rolloutId);
    await rename(file, `${file}.old`);
    await expect(journal.append(checkEvents(10_000))).rejects.toThrow("moved or replaced");
    await journal.close();
  });
});
