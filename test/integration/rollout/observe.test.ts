import {
  appendFile,
  copyFile,
  mkdir,
  readFile,
  rename,
  rm,
  symlink,
  truncate,
  writeFile,
} from "node:fs/promises";
import { execa } from "execa";
import { describe, expect, it } from "vitest";
import { surfaceIds } from "#contract/identity";
import type { RecordReference } from "#contract/reading";
import { liveRunText } from "../../support/live-run";
import { baselinesOf, ObservedWorkspace, sampleOf } from "./observing";

const hard = "case_processing_failed";
const statePath = ".tau/voice/state.json";
const logPath = ".tau/voice/runtime-events.jsonl";

/** Whether the cited record stands in its file where it is said to stand. */
async function expectStands(observed: ObservedWorkspace, record: RecordReference | null): Promise<void> {
  if (record === null) throw new Error("there is no record");
  const bytes = await readFile(observed.path(record.path));
  const before = bytes.subarray(0, record.byteOffset ?? 0);
  expect(bytes.subarray(before.length).toString().startsWith(record.text)).toBe(true);
  expect(before.toString().split("\n")).toHaveLength(record.line ?? 0);
  expect(record.text).not.toBe("");
}

describe.each([
  ["with running watchers", true],
  ["without a watcher", false],
])("a check %s", (_name, watched) => {
  async function open(): Promise<ObservedWorkspace> {
    const observed = await ObservedWorkspace.open();
    if (watched) await observed.watch();
    return observed;
  }

  it("sees all five surfaces as their runners left them", async () => {
    const observed = await open();
    await observed.cycle("voice", "rollout-pass");
    await observed.cycle("dashboard", "snapshot-layout");
    await observed.cycle("custom-command", "rollout-pass");
    await observed.cycle("memory", "mixed-outcomes");
    const before = Date.now();
    const observation = await observed.observe();
    expect(observation.at.unixMs).toBeGreaterThanOrEqual(before);
    expect(observation.surfaces.map(({ surface }) => surface)).toEqual(surfaceIds);
    for (const surface of ["voice", "dashboard", "custom-command"] as const)
      expect(sampleOf(observation, surface)).toMatchObject({
        status: "ok",
        path: `.tau/${surface}/state.json`,
        healthState: "healthy",
        rolloutGate: "pass",
        failureStreak: 0,
        cycles: 1,
        counts: { [hard]: 0, malformed_inputs_observed: 0 },
        occurrences: [],
        log: { path: `.tau/${surface}/runtime-events.jsonl`, lines: 1, problem: "" },
      });
    const memory = sampleOf(observation, "memory");
    expect(memory).toMatchObject({ healthState: "degraded", failureStreak: 1, counts: { [hard]: 1 } });
    expect(memory.occurrences.map(({ code }) => code)).toContain(hard);
    for (const { record } of memory.occurrences) await expectStands(observed, record);
    await expectStands(observed, memory.record);
    expect(sampleOf(observation, "browser-automation")).toMatchObject({
      status: "missing",
      healthState: "failing",
      log: null,
      timeline: null,
    });
    const state = JSON.parse(await readFile(observed.path(statePath), "utf8")) as {
      health: { updated_unix_ms: number };
    };
    expect(sampleOf(observation, "voice").updatedUnixMs).toBe(state.health.updated_unix_ms);
  });

  it("lists only what is new since the baseline, and says when nothing has changed", async () => {
    const observed = await open();
    await observed.cycle("voice", "mixed-outcomes");
    const first = await observed.observe();
    expect(sampleOf(first, "voice")).toMatchObject({ counts: { [hard]: 1 }, sameSnapshot: false });
    const since = baselinesOf(first);
    const second = sampleOf(await observed.observe(since), "voice");
    expect(second).toMatchObject({ counts: { [hard]: 1 }, occurrences: [], sameSnapshot: true });
    await observed.cycle("voice", "mixed-outcomes");
    await observed.cycle("voice", "outcome-coverage");
    const third = sampleOf(await observed.observe(since), "voice");
    expect(third.sameSnapshot).toBe(false);
    expect(third.log?.identity).toBe(second.log?.identity);
    const lines = third.occurrences.filter(({ code }) => code === hard).map(({ record }) => record.line);
    expect(lines).toHaveLength((third.counts[hard] ?? 0) - 1);
    expect(Math.min(...lines.map(Number))).toBeGreaterThan(1);
    expect(lines).toEqual(lines.toSorted((left, right) => Number(right) - Number(left)));
    for (const { record } of third.occurrences) await expectStands(observed, record);
  });

  it.each([
    [
      "rotated",
      async (path: string) => {
        await rename(path, `${path}.1`);
      },
    ],
    ["removed", (path: string) => rm(path)],
    ["truncated", (path: string) => truncate(path, 0)],
  ])("takes a log that was %s between two checks for a new one, whole", async (_how, spoil) => {
    const observed = await open();
    for (let cycle = 0; cycle < 3; cycle += 1) await observed.cycle("voice", "mixed-outcomes");
    const first = await observed.observe();
    await spoil(observed.path(logPath));
    await observed.cycle("voice", "mixed-outcomes");
    const second = sampleOf(await observed.observe(baselinesOf(first)), "voice");
    expect(second.log).toMatchObject({ lines: 1 });
    expect(second.log?.identity).not.toBe(sampleOf(first, "voice").log?.identity);
    const [occurrence] = second.occurrences.filter(({ code }) => code === hard);
    expect(occurrence?.record.line).toBe(1);
    await expectStands(observed, occurrence?.record ?? null);
  });

  it("knows a log again that was restored, and one that was rewritten under its name", async () => {
    const observed = await open();
    await observed.cycle("voice", "mixed-outcomes");
    await observed.cycle("voice", "mixed-outcomes");
    const first = await observed.observe();
    const text = await readFile(observed.path(logPath), "utf8");
    await copyFile(observed.path(logPath), observed.path("kept"));
    await rename(observed.path("kept"), observed.path(logPath));
    const restored = sampleOf(await observed.observe(baselinesOf(first)), "voice");
    expect(restored).toMatchObject({
      occurrences: [],
      log: { identity: sampleOf(first, "voice").log?.identity },
    });
    await writeFile(observed.path(logPath), text.replace("1", "2"));
    const rewritten = sampleOf(await observed.observe(baselinesOf(first)), "voice");
    expect(rewritten.log?.identity).not.toBe(restored.log?.identity);
    expect(rewritten.occurrences.length).toBeGreaterThan(0);
  });

  it("reads no more of a growing log than what is new", async () => {
    const observed = await open();
    await observed.cycle("voice", "mixed-outcomes");
    const line = await readFile(observed.path(logPath), "utf8");
    await appendFile(observed.path(logPath), line.repeat(30_000));
    const first = sampleOf(await observed.observe(), "voice");
    expect(first).toMatchObject({ cycles: 30_001, counts: { [hard]: 30_001 } });
    expect(first.occurrences.filter(({ code }) => code === hard)).toHaveLength(20);
    // Were it read anew, the bytes that are no line any more would be seen.
    const handle = await readFile(observed.path(logPath));
    handle.fill(0x78, handle.length >> 1, (handle.length >> 1) + 10);
    await writeFile(observed.path(logPath), handle, { flag: "r+" });
    await appendFile(observed.path(logPath), line);
    expect(sampleOf(await observed.observe(), "voice")).toMatchObject({
      cycles: 30_002,
      counts: { [hard]: 30_002 },
    });
  });

  it("says of a log with a line that is not UTF-8 that it cannot be used, and where", async () => {
    const observed = await open();
    await observed.cycle("voice", "rollout-pass");
    const first = await observed.observe();
    await appendFile(observed.path(logPath), Buffer.from([0xff, 0xfe, 0x0a]));
    const voice = sampleOf(await observed.observe(baselinesOf(first)), "voice");
    expect(voice).toMatchObject({ status: "ok", healthState: "healthy" });
    expect(voice.log?.problem).toMatch(/runtime-events\.jsonl: line 2 at byte \d+ is not UTF-8 text/);
    expect(voice.log?.identity).toBe(sampleOf(first, "voice").log?.identity);
  });

  it("says what is wrong with every kind of bad file, at once and without hanging", async () => {
    const observed = await open();
    for (const surface of ["voice", "dashboard", "memory"] as const)
      await mkdir(observed.path(".tau", surface), { recursive: true });
    await execa("mkfifo", [observed.path(statePath), observed.path(logPath)]);
    await mkdir(observed.path(".tau/dashboard/state.json"));
    await mkdir(observed.path(".tau/dashboard/runtime-events.jsonl"));
    await writeFile(observed.path(".tau/memory/state.json"), "");
    await truncate(observed.path(".tau/memory/state.json"), 200 * 1_048_576);
    await observed.write(".tau/custom-command/state.json", Buffer.from([0x7b, 0xff, 0x7d]));
    await observed.write(
      ".tau/demo-browser-automation-live/browser-live-summary.json",
      '{"discovered_cases": 1,',
    );
    const observation = await observed.observe();
    const problem = (surface: (typeof surfaceIds)[number]): string => {
      const sample = sampleOf(observation, surface);
      expect(sample).toMatchObject({ status: "unreadable", healthState: "failing", rolloutGate: "hold" });
      return sample.problem;
    };
    expect(problem("voice")).toBe(".tau/voice/state.json: it is not a regular file");
    expect(sampleOf(observation, "voice").log?.problem).toBe(`${logPath}: it is not a regular file`);
    expect(problem("dashboard")).toBe(".tau/dashboard/state.json: it is a directory, expected a file");
    expect(sampleOf(observation, "dashboard").log?.problem).toContain("it is a directory");
    expect(problem("memory")).toContain("it has 209715200 bytes; at most 16777216 are read");
    expect(problem("custom-command")).toBe(".tau/custom-command/state.json: it is not UTF-8 text");
    expect(problem("browser-automation")).toContain("browser-live-summary.json: not JSON");
  });
});

describe("a state file", () => {
  it("is looked at again when it was met half written", async () => {
    const observed = await ObservedWorkspace.open();
    await observed.cycle("voice", "rollout-pass");
    const text = await readFile(observed.path(statePath), "utf8");
    // A writer that does not replace its file in one step, over and over, while checks are taken.
    let writing = true;
    const writer = (async () => {
      while (writing) {
        await writeFile(observed.path(statePath), text.slice(0, text.length >> 1));
        await writeFile(observed.path(statePath), text);
        await new Promise((resolve) => setTimeout(resolve, 25));
      }
    })();
    for (let check = 0; check < 40; check += 1) {
      const voice = sampleOf(await observed.observe(), "voice");
      // Either it was read whole, or it says that it could not be; never half of it.
      if (voice.status === "ok") expect(voice).toMatchObject({ healthState: "healthy", failureStreak: 0 });
      else expect(voice).toMatchObject({ status: "unreadable", healthState: "failing" });
    }
    writing = false;
    await writer;
    expect(sampleOf(await observed.observe(), "voice")).toMatchObject({ status: "ok" });
  });

  it("may be reached through a symbolic link, and one that leads nowhere is missing", async () => {
    const observed = await ObservedWorkspace.open();
    await observed.cycle("voice", "rollout-pass");
    await rename(observed.path(statePath), observed.path("elsewhere.json"));
    await symlink(observed.path("elsewhere.json"), observed.path(statePath));
    expect(sampleOf(await observed.observe(), "voice").status).toBe("ok");
    await rm(observed.path("elsewhere.json"));
    expect(sampleOf(await observed.observe(), "voice")).toMatchObject({
      status: "missing",
      problem: `${statePath} does not exist`,
    });
  });

  it("that a killed cycle leaves behind is read as it stands", async () => {
    const observed = await ObservedWorkspace.open();
    await observed.watch();
    await observed.cycle("voice", "rollout-pass");
    const first = await observed.observe();
    // What a runner that was killed in the middle of an append leaves: a line without its end.
    await appendFile(observed.path(logPath), '{"timestamp_unix_ms": 1, "reason_codes": ["case_proc');
    const voice = sampleOf(await observed.observe(baselinesOf(first)), "voice");
    expect(voice).toMatchObject({
      status: "ok",
      cycles: 1,
      counts: { [hard]: 0 },
      log: { lines: 1, problem: "" },
    });
    // The next cycle mends it, and is counted.
    await observed.cycle("voice", "mixed-outcomes");
    const mended = sampleOf(await observed.observe(baselinesOf(first)), "voice");
    expect(mended).toMatchObject({ cycles: 2, counts: { [hard]: 1 } });
    expect(mended.occurrences.find(({ code }) => code === hard)?.record.line).toBe(mended.log?.lines);
  });
});

describe("a source that does not answer", () => {
  it("is unreadable after its time, and the others are seen", async () => {
    const observed = await ObservedWorkspace.open(undefined, 200);
    await observed.watch();
    await observed.cycle("voice", "rollout-pass");
    await observed.cycle("memory", "retrieve-ranking");
    const watcher = observed.watchers.get("voice");
    if (watcher === undefined) throw new Error("voice is not watched");
    // Stands for a disk that hangs: no such thing can be made without being root.
    observed.watchers.set("voice", {
      ...watcher,
      stop: () => watcher.stop(),
      lookAtLog: () => new Promise(() => undefined),
    });
    const observation = await observed.observe();
    expect(sampleOf(observation, "voice")).toMatchObject({
      status: "ok",
      cycles: 0,
      log: { problem: `${logPath}: it did not answer within 0.2 s` },
    });
    expect(sampleOf(observation, "memory")).toMatchObject({ status: "ok", cycles: 1, log: { problem: "" } });
  });
});

describe("browser automation", () => {
  const folder = ".tau/demo-browser-automation-live";
  const summary = (change: object = {}): string => liveRunText({ timeline: [], ...change });

  it("counts the runs of the log beside the summary by their figures", async () => {
    const observed = await ObservedWorkspace.open();
    await observed.watch();
    await observed.write(`${folder}/browser-live-summary.json`, summary());
    await observed.write(
      `${folder}/state/runtime-events.jsonl`,
      `${liveRunText()}\n${liveRunText({ malformed_cases: 2 })}\nnot json\n`,
    );
    const first = await observed.observe();
    expect(sampleOf(first, "browser-automation")).toMatchObject({
      status: "ok",
      cycles: 2,
      counts: { [hard]: 0, malformed_inputs_observed: 1 },
      log: { path: `${folder}/state/runtime-events.jsonl`, lines: 3, problem: "" },
      occurrences: [{ code: "malformed_inputs_observed", record: { line: 2 } }],
    });
    const failed = liveRunText({ retryable_failures: 1, health_state: "degraded" });
    await appendFile(observed.path(folder, "state/runtime-events.jsonl"), `${failed}\n`);
    const second = sampleOf(await observed.observe(baselinesOf(first)), "browser-automation");
    expect(second).toMatchObject({ cycles: 3, counts: { [hard]: 1, retryable_failures_observed: 1 } });
    expect(second.occurrences.map(({ code, record }) => [code, record.line, record.text])).toEqual([
      [hard, 4, failed],
      ["retryable_failures_observed", 4, failed],
    ]);
    for (const { record } of second.occurrences) await expectStands(observed, record);
    // A new demo run begins from nothing (spec/tau/live-run.md §4): everything in its log is new.
    await rm(observed.path(folder), { recursive: true });
    await observed.write(`${folder}/browser-live-summary.json`, summary());
    await observed.write(
      `${folder}/state/runtime-events.jsonl`,
      `${liveRunText({ malformed_cases: 1, artifact_records: 1 })}\n`,
    );
    expect(sampleOf(await observed.observe(baselinesOf(first)), "browser-automation")).toMatchObject({
      cycles: 1,
      counts: { [hard]: 0, malformed_inputs_observed: 1 },
      occurrences: [{ code: "malformed_inputs_observed", record: { line: 1 } }],
    });
  });

  it("is read where the settings say, with the log of the driver that runs it", async () => {
    const observed = await ObservedWorkspace.open({
      schemaVersion: 1,
      browserLiveSummary: "out/live.json",
      surfaces: {
        "browser-automation": {
          driver: "embedded",
          runner: "live",
          fixture: "x.json",
          stateDir: "out/live",
          autoStart: false,
        },
        voice: { driver: "observe", stateDir: "elsewhere/voice" },
      },
    });
    await observed.write("out/live.json", summary());
    await observed.write("out/live/runtime-events.jsonl", `${liveRunText()}\n`);
    const observation = await observed.observe();
    expect(sampleOf(observation, "browser-automation")).toMatchObject({
      path: "out/live.json",
      cycles: 1,
      log: { path: "out/live/runtime-events.jsonl" },
    });
    expect(sampleOf(observation, "voice").path).toBe("elsewhere/voice/state.json");
  });
});
