import { appendFile, readFile, readdir, rename, writeFile, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { eventLogViewSchema } from "#contract/reading";
import { surfaceIds } from "#contract/identity";
import { temporaryFolder } from "../../support/temporary-folder";
import { eventLine, startWatcher, until } from "./watching";

async function watched(workspacePath: string) {
  const stateDir = join(workspacePath, ".tau", "voice");
  await mkdir(stateDir, { recursive: true });
  const log = join(stateDir, "runtime-events.jsonl");
  const watcher = await startWatcher(stateDir, { workspacePath });
  return { log, watcher };
}
const retry = (): string => eventLine({ reason_codes: ["retry_attempted"] });

describe("marks", () => {
  test("count from now on, are on disk, and outlive the program", async () => {
    const workspacePath = await temporaryFolder();
    const { log, watcher } = await watched(workspacePath);
    await appendFile(log, retry() + retry());
    await until(watcher, (reading) => reading.log.cycles === 2);
    const marked = eventLogViewSchema.parse(await watcher.setMark());
    expect([marked.reasonCodeCounts, marked.sinceMark, marked.mark?.afterLine]).toEqual([
      { retry_attempted: 2 },
      {},
      2,
    ]);
    expect(JSON.parse(await readFile(join(workspacePath, ".gatehouse", "marks.json"), "utf8"))).toMatchObject(
      {
        schemaVersion: 1,
        marks: { voice: { afterLine: 2, counts: { retry_attempted: 2 } } },
      },
    );
    await appendFile(log, retry());
    await until(watcher, (reading) => reading.log.sinceMark["retry_attempted"] === 1);
    await watcher.stop();
    await appendFile(log, retry());

    const again = await watched(workspacePath);
    const reading = await until(again.watcher, ({ log: view }) => view.cycles === 4);
    expect([reading.log.sinceMark, reading.log.mark?.invalidated]).toEqual([{ retry_attempted: 2 }, false]);
    const cleared = await again.watcher.clearMark();
    expect([cleared.mark, cleared.sinceMark]).toEqual([null, { retry_attempted: 4 }]);
  });

  test("are void when the log is replaced while it is watched, and when it was replaced meanwhile", async () => {
    const workspacePath = await temporaryFolder();
    const { log, watcher } = await watched(workspacePath);
    await appendFile(log, retry() + retry());
    await until(watcher, (reading) => reading.log.cycles === 2);
    await watcher.setMark();
    await writeFile(`${log}.new`, retry() + retry() + retry());
    await rename(`${log}.new`, log);
    const reading = await until(watcher, ({ log: view }) => view.cycles === 3);
    expect([reading.log.mark?.invalidated, reading.log.sinceMark]).toEqual([true, { retry_attempted: 3 }]);
    await watcher.stop();
    const again = await watched(workspacePath);
    const later = await until(again.watcher, ({ log: view }) => view.cycles === 3);
    expect([later.log.mark?.invalidated, later.log.sinceMark]).toEqual([true, { retry_attempted: 3 }]);
  });

  test("of several surfaces at once are all kept", async () => {
    const workspacePath = await temporaryFolder();
    const watchers = await Promise.all(
      surfaceIds.map((surface) => startWatcher(join(workspacePath, surface), { workspacePath, surface })),
    );
    await Promise.all(watchers.map((watcher) => watcher.setMark()));
    const file: unknown = JSON.parse(await readFile(join(workspacePath, ".gatehouse", "marks.json"), "utf8"));
    expect(Object.keys((file as { marks: object }).marks).toSorted()).toEqual([...surfaceIds].toSorted());
    expect(await readdir(join(workspacePath, ".gatehouse"))).toEqual(["marks.json"]);
  });

  test("a marks file that cannot be trusted is left alone and named", async () => {
    const workspacePath = await temporaryFolder();
    const path = join(workspacePath, ".gatehouse", "marks.json");
    await mkdir(join(workspacePath, ".gatehouse"));
    for (const content of [
      "{",
      "[]",
      '{"schemaVersion":2,"marks":{}}',
      '{"schemaVersion":1,"marks":{"voice":{}}}',
    ]) {
      await writeFile(path, content);
      const { watcher } = await watched(workspacePath);
      expect(watcher.reading().log.mark).toBeNull();
      await expect(watcher.setMark()).rejects.toMatchObject({
        code: "unreadable",
        message: expect.stringContaining(path),
      });
      expect(await readFile(path, "utf8")).toBe(content);
    }
  });
});
