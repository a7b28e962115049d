import { appendFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { EventFilter } from "#contract/requests";
import { requests } from "#contract/requests";
import { temporaryFolder } from "../../support/temporary-folder";
import { eventLine, startWatcher, until } from "./watching";

const all: EventFilter = { codes: [], states: [], fromUnixMs: null, toUnixMs: null };
const ask = (filter: Partial<EventFilter>, offset = 0, limit = 100) => ({
  surface: "voice" as const,
  filter: { ...all, ...filter },
  offset,
  limit,
});

/** A watched log of `lines`. */
async function watchedLog(text: string, lines: number) {
  const stateDir = await temporaryFolder();
  const log = join(stateDir, "runtime-events.jsonl");
  await writeFile(log, text);
  const watcher = await startWatcher(stateDir);
  await until(watcher, (reading) => reading.log.lines === lines && reading.log.progress === null);
  return { log, watcher };
}

describe("browsing a log", () => {
  test("newest first, in windows that fit together", async () => {
    const lines = Array.from({ length: 250 }, () => eventLine());
    const { watcher } = await watchedLog(lines.join(""), 250);
    const first = requests["surface.events"].output.parse(await watcher.events(ask({}, 0, 100)));
    const last = await watcher.events(ask({}, 200, 100));
    expect([
      first.lines,
      first.matching,
      first.firstBrowsableLine,
      first.rows.length,
      last.rows.length,
    ]).toEqual([250, 250, 1, 100, 50]);
    const texts = [...first.rows, ...(await watcher.events(ask({}, 100, 100))).rows, ...last.rows].map(
      (row) => `${row.text}\n`,
    );
    expect(texts).toEqual(lines.toReversed());
    expect((await watcher.events(ask({}, 1_000, 10))).rows).toEqual([]);
  });

  test("filtered by code, state and time; new lines join", async () => {
    const at = (time: number, state: string, codes: string[]): string =>
      eventLine({ timestamp_unix_ms: time, health_state: state, reason_codes: codes });
    const { log, watcher } = await watchedLog(
      at(100, "healthy", ["a"]) +
        at(200, "degraded", ["a", "b"]) +
        "broken\n" +
        at(300, "failing", ["b"]) +
        "\n" +
        at(400, "healthy", ["c"]),
      6,
    );
    const lines = async (filter: Partial<EventFilter>): Promise<number[]> =>
      (await watcher.events(ask(filter))).rows.map((row) => row.line);
    expect(await lines({})).toEqual([6, 4, 3, 2, 1]);
    expect(await lines({ codes: ["a"] })).toEqual([2, 1]);
    expect(await lines({ codes: ["a", "c"], states: ["healthy"] })).toEqual([6, 1]);
    expect(await lines({ states: ["degraded", "failing"] })).toEqual([4, 2]);
    expect(await lines({ states: ["invalid"] })).toEqual([3]);
    expect(await lines({ fromUnixMs: 200, toUnixMs: 300 })).toEqual([4, 3, 2]);
    await appendFile(log, at(500, "failing", ["a"]));
    await until(watcher, (reading) => reading.log.lines === 7);
    expect(await lines({ codes: ["a"] })).toEqual([7, 2, 1]);
  });

  test("a line that is no record has its problem and its text", async () => {
    const { watcher } = await watchedLog(`${eventLine()}{"reason_codes":null}\n`, 2);
    const { rows } = await watcher.events(ask({}));
    expect(rows[0]).toMatchObject({
      line: 2,
      cycle: null,
      problem: "reason_codes: expected an array of strings",
      text: '{"reason_codes":null}',
    });
    expect(rows[1]).toMatchObject({ line: 1, byteOffset: 0, problem: "", cycle: { discovered: 3 } });
  });

  test("one line in full, beyond what a list shows", async () => {
    const long = eventLine({ health_reason: "x".repeat(100_000) });
    const { log, watcher } = await watchedLog(eventLine() + long, 2);
    expect((await watcher.events(ask({}))).rows[0]?.text.length).toBe(2_000);
    const event = { surface: "voice" as const, generation: 0, line: 2 };
    expect(`${(await watcher.event(event)).text}\n`).toBe(long);
    await expect(watcher.event({ ...event, line: 3 })).rejects.toMatchObject({ code: "not_found" });
    await writeFile(`${log}.new`, eventLine());
    await rename(`${log}.new`, log);
    await until(watcher, (reading) => reading.log.generation === 1);
    await expect(watcher.event(event)).rejects.toMatchObject({ code: "conflict" });
  });

  test("a log replaced a moment ago is answered from the new one", async () => {
    const { log, watcher } = await watchedLog(eventLine().repeat(10), 10);
    const fresh = eventLine();
    await writeFile(`${log}.new`, fresh);
    await rename(`${log}.new`, log);
    const answer = await watcher.events(ask({}));
    expect([answer.generation, answer.lines, answer.rows.map((row) => `${row.text}\n`)]).toEqual([
      1,
      1,
      [fresh],
    ]);
  });

  test("lines far apart, and one too long to read, come as rows all the same", async () => {
    const { watcher } = await watchedLog(
      eventLine() + eventLine({ health_reason: "x".repeat(3_000_000) }) + eventLine(),
      3,
    );
    const { rows } = await watcher.events(ask({}));
    expect(rows.map((row) => [row.line, row.cycle === null, row.problem])).toEqual([
      [3, false, ""],
      [2, true, expect.stringMatching(/^the line has 3000\d+ bytes; at most 1048576 are read$/u)],
      [1, false, ""],
    ]);
  });

  test("history follows the log", async () => {
    const { watcher } = await watchedLog(
      eventLine({ health_state: "failing", failure_streak: 4 }) + eventLine(),
      2,
    );
    expect(requests["surface.history"].output.parse(watcher.history(1))).toMatchObject({
      generation: 0,
      points: [{ cycles: 2, healthState: "failing", failureStreak: 4, applied: 3 }],
    });
  });
});
