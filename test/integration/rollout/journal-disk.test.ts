import { open, readFile, type FileHandle } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { createRolloutStore } from "../../../main/rollout/journal/rollout-store";
import { decisions, writeJournal } from "../../support/rollout/journaled";
import { checkEvents } from "../../support/rollout/journaled-check";
import { rolloutId } from "../../support/rollout/story";
import { temporaryFolder } from "../../support/temporary-folder";

type Fault = "write" | "short write" | "sync" | "truncate";

/** Real files on a disk whose next operations fail as they are told to, in this order. */
function failingDisk() {
  const faults: Fault[] = [];
  const calls: string[] = [];
  const fails = (fault: Fault): boolean => {
    if (faults[0] !== fault) return false;
    faults.shift();
    return true;
  };
  const failed = (operation: string): Error =>
    Object.assign(new Error(`EIO: i/o error, ${operation}`), { code: "EIO" });
  const openFile = (async (...args: Parameters<typeof open>): Promise<FileHandle> => {
    const handle = await open(...args);
    const replaced = {
      async write(bytes: Buffer) {
        calls.push("write");
        if (fails("write")) throw failed("write");
        if (fails("short write")) return handle.write(bytes.subarray(0, bytes.length / 2));
        return handle.write(bytes);
      },
      async sync() {
        calls.push("sync");
        if (fails("sync")) throw failed("fsync");
        return handle.sync();
      },
      async truncate(length: number) {
        calls.push("truncate");
        if (fails("truncate")) throw failed("ftruncate");
        return handle.truncate(length);
      },
      stat: handle.stat.bind(handle),
      close: handle.close.bind(handle),
    };
    return replaced as unknown as FileHandle;
  }) as typeof open;
  return { openFile, faults, calls };
}

async function journalOn(disk: ReturnType<typeof failingDisk>) {
  const root = await temporaryFolder();
  const file = await writeJournal(root, decisions(0).slice(0, 1));
  return { root, file, journal: await createRolloutStore(root, disk.openFile).open(rolloutId) };
}

describe("an append that the disk refuses", () => {
  test.each<readonly Fault[]>([
    ["write"],
    ["short write"],
    ["sync"],
    ["short write", "truncate"],
    ["sync", "truncate"],
    ["short write", "truncate", "truncate"],
    ["sync", "sync"],
  ])("(%s %s %s) rejects, is not in the state, and is repaired by the next one", async (...faults) => {
    const disk = failingDisk();
    const { root, journal } = await journalOn(disk);
    const state = journal.state;
    disk.faults.push(...faults);
    while (disk.faults.length > 0) {
      await expect(journal.append(checkEvents(10_000))).rejects.toMatchObject({
        code: "unavailable",
        message: expect.stringContaining("journal.jsonl cannot be written: "),
      });
      expect(journal.state).toBe(state);
      expect(journal.entries).toBe(1);
    }
    await journal.append(checkEvents(20_000));
    await journal.close();
    const read = await createRolloutStore(root).read(rolloutId);
    expect(read).toMatchObject({ entries: 2, tornBytes: 0, problem: null });
    expect(read.state?.lastCheck?.observation.at.unixMs).toBe(journal.state?.lastInstant.unixMs);
  });

  test("and cannot be taken back either, is repaired by the next opening", async () => {
    const disk = failingDisk();
    const { root, file, journal } = await journalOn(disk);
    const before = await readFile(file);
    disk.faults.push("short write", "truncate");
    await expect(journal.append(checkEvents(10_000))).rejects.toMatchObject({ code: "unavailable" });
    const torn = (await readFile(file)).length - before.length;
    expect(torn).toBeGreaterThan(0);
    const next = await createRolloutStore(root).open(rolloutId);
    expect(next).toMatchObject({ entries: 1, tornBytes: torn, problem: null });
    expect(await readFile(file)).toEqual(before);
    await next.close();
  });

  test("does not take those that wait behind it along", async () => {
    const disk = failingDisk();
    const { root, journal } = await journalOn(disk);
    disk.faults.push("sync");
    const outcomes = await Promise.allSettled([10_000, 20_000].map((at) => journal.append(checkEvents(at))));
    expect(outcomes.map(({ status }) => status)).toEqual(["rejected", "fulfilled"]);
    await journal.close();
    expect(await createRolloutStore(root).read(rolloutId)).toMatchObject({ entries: 2, problem: null });
  });
});

test("an entry is one write and one sync, in this order; nothing is announced between", async () => {
  const disk = failingDisk();
  const { journal } = await journalOn(disk);
  await journal.append(checkEvents(10_000));
  expect(disk.calls).toEqual(["write", "sync"]);
  await journal.close();
});
