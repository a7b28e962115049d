import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { SurfaceDriver } from "../../../main/host/ports";
import { ensureBuilt } from "../../support/build";
import { DriverHarness, runToEnd } from "./harness";

let cliEntry: string;
let harness: DriverHarness;
beforeAll(async () => {
  cliEntry = join(await ensureBuilt(), "main", "cli.js");
});
beforeEach(async () => {
  harness = await DriverHarness.open();
});
afterEach(() => harness.close());

const turn = (caseId: string, extra: Record<string, unknown> = {}) => ({
  case_id: caseId,
  mode: "turn",
  wake_word: "tau",
  transcript: `tau, run ${caseId}`,
  locale: "en-US",
  speaker_id: "ops-1",
  expected: {
    outcome: "success",
    status_code: 202,
    response_body: {
      locale: "en-US",
      mode: "turn",
      speaker_id: "ops-1",
      status: "accepted",
      utterance: `run ${caseId}`,
      wake_word: "tau",
    },
  },
  ...extra,
});
const fixture = (name: string, cases: unknown[]): string =>
  JSON.stringify({ schema_version: 1, name, cases });
const embedded = (fixtures: string | string[], settings: Record<string, unknown> = {}): SurfaceDriver =>
  harness.driver("voice", { driver: "embedded", fixture: fixtures, ...settings }, cliEntry);
const keys = async (): Promise<string[]> => {
  const state = JSON.parse(await readFile(join(harness.path, ".tau/voice/state.json"), "utf8")) as {
    processed_case_keys: string[];
  };
  return state.processed_case_keys;
};

describe("an embedded run", () => {
  it("is the reference's command, word for word, in a process of its own", async () => {
    await harness.file("a.json", fixture("a", [turn("one")]));
    const driver = embedded("a.json", { limits: { queueLimit: 5, retryBaseDelayMs: 3 } });
    const run = await runToEnd(driver);
    const at = (path: string) => join(harness.path, path);
    expect(run.commandLine).toBe(
      `${process.execPath} ${cliEntry} --voice-contract-runner --voice-fixture ${at("a.json")} --voice-state-dir ${at(".tau/voice")} ` +
        "--voice-queue-limit 5 --voice-processed-case-cap 10000 --voice-retry-max-attempts 4 --voice-retry-base-delay-ms 3",
    );
    expect(driver.output(run.runId, 0).map((line) => line.text)[0]).toMatch(
      /^voice runner summary: discovered=1 /,
    );
    expect(await keys()).toEqual(["turn:tau:ops-1:one"]);
  });

  it("plays several fixtures in turn, numbers cycles, and leaves the turn alone when one is picked by hand", async () => {
    await harness.file("a.json", fixture("a", [turn("a-@cycle@")]));
    await harness.file("b.json", fixture("b", [turn("b-@cycle@")]));
    await harness.file("hand.json", fixture("hand", [turn("hand-@cycle@")]));
    const driver = embedded(["a.json", "b.json"]);
    const fixtures = [undefined, "hand.json", undefined, undefined];
    const played: (string | null)[] = [];
    for (const picked of fixtures) {
      const run = await runToEnd(driver, picked);
      expect(run).toMatchObject({ outcome: "succeeded" });
      played.push(run.fixture);
    }
    expect(played).toEqual(["a.json", "hand.json", "b.json", "a.json"]);
    expect(await keys()).toEqual(["a-1", "hand-2", "b-3", "a-4"].map((id) => `turn:tau:ops-1:${id}`));
  });

  it("goes on numbering after a restart, and beyond every given number when the counter is damaged", async () => {
    await harness.file("a.json", fixture("a", [turn("a-@cycle@")]));
    await runToEnd(embedded("a.json"));
    await runToEnd(embedded("a.json"));
    await harness.file(".gatehouse/drivers/voice.json", "{ half");
    const before = Math.floor(Date.now() / 1_000);
    await runToEnd(embedded("a.json"));
    const [first, second, third] = (await keys()).map((key) => Number(key.split("-").at(-1)));
    expect([first, second]).toEqual([1, 2]);
    expect(third).toBeGreaterThanOrEqual(before);
  });

  it("reports a fixture that does not hold, in the runner's own words", async () => {
    const drifting = turn("one", { expected: { ...turn("one").expected, status_code: 200 } });
    await harness.file("drift.json", fixture("drift", [drifting]));
    const run = await runToEnd(embedded("drift.json"));
    expect(run).toMatchObject({ outcome: "failed", exitCode: 1 });
    expect(run.detail).toContain("Error: ");
    const missing = await runToEnd(embedded("missing-@cycle@.json"));
    expect(missing).toMatchObject({
      outcome: "not-started",
      detail: expect.stringContaining("missing-@cycle@.json") as string,
    });
  });

  it("offers fixtures with what is wrong with them, and runs none from outside the workspace", async () => {
    await harness.file("a.json", fixture("a", [turn("a-@cycle@")]));
    await harness.file(
      ".gatehouse/fixtures/voice/bad.json",
      fixture("bad", [turn("x", { locale: "de-DE" })]),
    );
    await harness.file(".gatehouse/fixtures/voice/good.json", fixture("good", [turn("x"), turn("y")]));
    await harness.file(".gatehouse/fixtures/voice/notes.txt", "not a fixture");
    const driver = embedded(["a.json", "gone.json"]);
    const choices = await driver.fixtures();
    expect(choices.map((choice) => [choice.path, choice.cases])).toEqual([
      ["a.json", 1],
      ["gone.json", 0],
      [".gatehouse/fixtures/voice/bad.json", 0],
      [".gatehouse/fixtures/voice/good.json", 2],
    ]);
    expect(choices[1]?.error).toContain("gone.json");
    expect(choices[2]?.error).toContain("locale");
    expect(choices[2]?.error).toContain("invalid fixture .gatehouse/fixtures/voice/bad.json");
    await expect(driver.run("/etc/hostname", "operator")).rejects.toMatchObject({ code: "invalid_request" });
    await expect(driver.run("../a.json", "operator")).rejects.toMatchObject({ code: "invalid_request" });
    await expect(driver.run("gone.json", "operator")).rejects.toMatchObject({ code: "not_found" });
    expect(driver.view()).toMatchObject({ state: "stopped", runs: 0, current: null });
  });

  it("keeps secrets of the console's environment to itself", async () => {
    const spy = await harness.file("environment.js", "console.log(Object.keys(process.env).sort().join());");
    process.env["GATEHOUSE_TEST_SECRET"] = "x";
    try {
      await harness.file("a.json", fixture("a", [turn("one")]));
      const driver = harness.driver("voice", { driver: "embedded", fixture: "a.json" }, spy);
      const { runId } = await runToEnd(driver);
      const names = driver.output(runId, 0)[0]?.text.split(",") ?? [];
      expect(names).toContain("PATH");
      expect(names).toContain("ELECTRON_RUN_AS_NODE");
      expect(names).not.toContain("GATEHOUSE_TEST_SECRET");
    } finally {
      delete process.env["GATEHOUSE_TEST_SECRET"];
    }
  });
});
