import { appendFile, mkdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { surfaceReadingSchema, type SurfaceReading } from "#contract/reading";
import { systemClock } from "../../../main/system/clock";
import { createSurfaceWatcher } from "../../../main/watch/surface-watcher";
import { waitMs } from "../../support/limits";
import { temporaryFolder } from "../../support/temporary-folder";
import { eventLine, startWatcher, stateText, until } from "./watching";

const rules = (reading: SurfaceReading): string[] => reading.holds.map((hold) => hold.rule);

async function writeWhole(path: string, text: string | Uint8Array): Promise<void> {
  await writeFile(`${path}.tmp`, text);
  await rename(`${path}.tmp`, path);
}

describe("watching a surface", () => {
  test("from a directory that does not exist to a passing gate, gone and back again", async () => {
    const workspacePath = await temporaryFolder();
    const stateDir = join(workspacePath, ".tau", "deep", "voice");
    const watcher = await startWatcher(stateDir, { workspacePath });
    const first = watcher.reading();
    expect([first.freshness.status, first.healthState, first.gate, rules(first)]).toEqual([
      "never-seen",
      "unknown",
      "hold",
      ["evidence.never-seen"],
    ]);
    const announced: SurfaceReading[] = [];
    watcher.onChange((reading) => announced.push(surfaceReadingSchema.parse(reading)));

    await mkdir(stateDir, { recursive: true });
    await writeWhole(join(stateDir, "state.json"), stateText());
    await appendFile(join(stateDir, "runtime-events.jsonl"), eventLine());
    // A record counts a moment before the file it is read from does.
    const passing = await until(
      watcher,
      ({ gate, log }) => gate === "pass" && log.cycles === 1 && log.freshness.status === "fresh",
    );
    expect(passing).toMatchObject({
      healthState: "healthy",
      processedCaseCount: 2,
      freshness: { status: "fresh", path: ".tau/deep/voice/state.json" },
      log: { freshness: { status: "fresh" }, lines: 1, bytes: expect.any(Number) },
    });
    await expect.poll(() => announced.at(-1)?.gate).toBe("pass");

    await rm(stateDir, { recursive: true });
    const gone = await until(watcher, (reading) => reading.freshness.status === "missing");
    expect([gone.healthState, gone.gate, rules(gone), gone.health?.queue_depth]).toEqual([
      "unknown",
      "hold",
      ["evidence.missing"],
      0,
    ]);

    await mkdir(stateDir, { recursive: true });
    await writeWhole(join(stateDir, "state.json"), stateText());
    await appendFile(join(stateDir, "runtime-events.jsonl"), eventLine() + eventLine());
    await until(watcher, (reading) => reading.gate === "pass" && reading.log.cycles === 2);
    await expect.poll(() => announced.at(-1)?.log.cycles).toBe(2);
  });

  test("a bad cycle holds, names its record, and a clean one clears it", async () => {
    const stateDir = await temporaryFolder();
    const watcher = await startWatcher(stateDir);
    const good = eventLine();
    const bad = eventLine({
      health_state: "degraded",
      failure_streak: 1,
      failed_cases: 2,
      reason_codes: ["case_processing_failed"],
    });
    await appendFile(join(stateDir, "runtime-events.jsonl"), good + bad);
    await writeWhole(join(stateDir, "state.json"), stateText({ failure_streak: 1, last_cycle_failed: 2 }));
    const held = await until(
      watcher,
      (reading) => reading.healthState === "degraded" && reading.log.cycles === 2,
    );
    expect(held.holds).toMatchObject([
      {
        rule: "health.degraded",
        record: { path: "runtime-events.jsonl", line: 2, byteOffset: good.length, text: bad.trimEnd() },
      },
    ]);
    await writeWhole(join(stateDir, "state.json"), stateText());
    await until(watcher, (reading) => reading.gate === "pass");
  });

  test("time alone makes figures stale, and listeners hear of it", async () => {
    const stateDir = await temporaryFolder();
    await writeFile(join(stateDir, "state.json"), stateText());
    const watcher = await startWatcher(stateDir, { staleAfterMs: waitMs / 60 });
    expect(watcher.reading().gate).toBe("pass");
    const stale = await new Promise<SurfaceReading>((resolve) => {
      watcher.onChange((reading) => {
        if (reading.freshness.status === "stale") resolve(reading);
      });
    });
    expect(rules(stale)).toEqual(["evidence.stale"]);
    expect(stale.healthState).toBe("healthy");
  });

  test("a state file that says nothing of its time is as old as the file", async () => {
    const stateDir = await temporaryFolder();
    await writeFile(join(stateDir, "state.json"), stateText({ updated_unix_ms: 0 }));
    const watcher = await startWatcher(stateDir);
    const { freshness } = watcher.reading();
    expect(freshness.status).toBe("fresh");
    expect(Math.abs((freshness.writtenUnixMs ?? 0) - Date.now())).toBeLessThan(60_000);
  });

  test.each([
    ["half-written", '{"schema_version":1,"health":{', /not JSON/u],
    ["of another schema", stateText({}, { schema_version: 2 }), /schema_version: expected 1, found 2/u],
    ["with a null field", stateText({ queue_depth: null }), /health\.queue_depth: expected an integer/u],
    ["of a foreign shape", '["state"]', /expected an object/u],
    ["not UTF-8", Buffer.from([0x7b, 0xff, 0x7d]), /not UTF-8/u],
  ])(
    "a state file that is %s is unreadable, keeps the last figures, and is good again when mended",
    async (_name, content, detail) => {
      const stateDir = await temporaryFolder();
      const path = join(stateDir, "state.json");
      await writeFile(path, stateText({ queue_depth: 7 }));
      const watcher = await startWatcher(stateDir);
      expect(watcher.reading().gate).toBe("pass");
      await writeWhole(path, content);
      const reading = await until(watcher, ({ freshness }) => freshness.status === "unreadable");
      expect([reading.healthState, reading.gate, rules(reading), reading.health?.queue_depth]).toEqual([
        "unknown",
        "hold",
        ["evidence.unreadable"],
        7,
      ]);
      expect(reading.freshness.detail).toMatch(detail);
      expect(reading.healthReason).toMatch(detail);
      await writeWhole(path, stateText({ queue_depth: 8 }));
      expect((await until(watcher, ({ gate }) => gate === "pass")).health?.queue_depth).toBe(8);
    },
  );

  test("a directory in place of the state file is a problem in words", async () => {
    const stateDir = await temporaryFolder();
    await mkdir(join(stateDir, "state.json"));
    const watcher = await startWatcher(stateDir);
    expect(watcher.reading().freshness).toMatchObject({
      status: "unreadable",
      detail: "state.json: it is a directory, expected a file",
    });
    await expect(watcher.stateFile()).rejects.toMatchObject({ code: "unreadable" });
  });

  test("a log that is not UTF-8 holds a surface that is otherwise healthy", async () => {
    const stateDir = await temporaryFolder();
    await writeFile(join(stateDir, "state.json"), stateText());
    await writeFile(
      join(stateDir, "runtime-events.jsonl"),
      Buffer.concat([Buffer.from(eventLine()), Buffer.from([0xc3, 0x28, 0x0a])]),
    );
    const watcher = await startWatcher(stateDir);
    const reading = await until(watcher, ({ log }) => log.freshness.status === "unreadable");
    expect(reading).toMatchObject({ gate: "hold", log: { cycles: 1, invalidLines: 1 } });
    expect(reading.holds).toMatchObject([{ rule: "evidence.unreadable", record: { line: 2 } }]);
  });

  test("the browser's live summary counts once there is one", async () => {
    const workspacePath = await temporaryFolder();
    const stateDir = join(workspacePath, "browser");
    const liveSummaryPath = join(workspacePath, "live", "browser-live-summary.json");
    await mkdir(stateDir);
    await writeFile(join(stateDir, "state.json"), stateText());
    const watcher = await startWatcher(stateDir, {
      surface: "browser-automation",
      workspacePath,
      live: { path: liveSummaryPath, staleAfterMs: 60_000 },
    });
    expect(watcher.reading()).toMatchObject({
      gate: "pass",
      live: { freshness: { status: "never-seen" }, summary: null },
    });
    const summary = {
      discovered_cases: 1,
      success_cases: 0,
      malformed_cases: 0,
      retryable_failures: 1,
      timeout_failures: 0,
      denied_unsafe_actions: 0,
      denied_action_limit: 0,
      artifact_records: 0,
      timeline: [],
      reason_codes: [],
      health_state: "degraded",
    };
    await mkdir(join(workspacePath, "live"));
    await writeWhole(liveSummaryPath, JSON.stringify(summary));
    expect(rules(await until(watcher, ({ gate }) => gate === "hold"))).toEqual(["live.degraded"]);
    await writeWhole(
      liveSummaryPath,
      JSON.stringify({ ...summary, health_state: "healthy", retryable_failures: 0, success_cases: 1 }),
    );
    await until(watcher, ({ gate }) => gate === "pass");
    await rm(liveSummaryPath);
    expect(rules(await until(watcher, ({ gate }) => gate === "hold"))).toEqual(["evidence.missing"]);
  });

  test("after stop nothing is announced any more", async () => {
    const stateDir = await temporaryFolder();
    const watcher = await startWatcher(stateDir);
    let announced = 0;
    watcher.onChange(() => (announced += 1));
    await watcher.stop();
    await writeFile(join(stateDir, "state.json"), stateText());
    const other = await startWatcher(stateDir);
    await until(other, ({ gate }) => gate === "pass");
    expect([announced, watcher.reading().freshness.status]).toEqual([0, "never-seen"]);
  });

  test("stopped while it starts, it leaves nothing running that would keep the program alive", async () => {
    const stateDir = await temporaryFolder();
    const timersAndWatches = (): string[] =>
      process
        .getActiveResourcesInfo()
        .filter((kind) => /timeout|fsevent/iu.test(kind))
        .toSorted();
    const before = timersAndWatches();
    for (let attempt = 0; attempt < 20; attempt += 1) {
      const watcher = createSurfaceWatcher({
        surface: "voice",
        workspacePath: stateDir,
        stateDir,
        staleAfterMs: 900_000,
        live: null,
        clock: systemClock,
      });
      const started = watcher.start();
      for (let turn = 0; turn < attempt; turn += 1) await new Promise((resolve) => setImmediate(resolve));
      await watcher.stop();
      await started;
    }
    // What vitest itself keeps comes and goes by one or two; a leak leaves something for nearly every attempt.
    await expect.poll(() => timersAndWatches().length).toBeLessThanOrEqual(before.length + 2);
  });

  test("the state file's text is given as it is on disk", async () => {
    const stateDir = await temporaryFolder();
    const watcher = await startWatcher(stateDir);
    await expect(watcher.stateFile()).rejects.toMatchObject({
      code: "not_found",
      message: "state.json does not exist.",
    });
    await writeFile(join(stateDir, "state.json"), "{not json");
    expect(await watcher.stateFile()).toMatchObject({
      path: "state.json",
      bytes: 9,
      truncated: false,
      text: "{not json",
    });
    await writeFile(join(stateDir, "state.json"), "x".repeat(2_000_000));
    const large = await watcher.stateFile();
    expect([large.bytes, large.truncated, large.text.length]).toEqual([2_000_000, true, 1_048_576]);
  });
});
