import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { ensureBuilt } from "../../support/build";
import { waitUntil } from "../../support/wait-until";
import { DriverHarness } from "./harness";

let cliEntry: string;
beforeAll(async () => {
  cliEntry = join(await ensureBuilt(), "main", "cli.js");
});

/** A fixture of one turn, with a case id of its own in every cycle. */
const fixture = (name: string): string =>
  JSON.stringify({
    schema_version: 1,
    name,
    cases: [
      {
        case_id: `${name}-@cycle@`,
        mode: "turn",
        wake_word: "tau",
        transcript: "tau, go on",
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
            utterance: "go on",
            wake_word: "tau",
          },
        },
      },
    ],
  });

/** A harness of its own for each test: these only wait for their intervals, and do so at the same time. */
async function withHarness(test: (harness: DriverHarness) => Promise<void>): Promise<void> {
  const harness = await DriverHarness.open();
  try {
    await test(harness);
  } finally {
    await harness.close();
  }
}

describe.concurrent("a schedule", () => {
  it("runs by itself, without overlap, takes new settings over live and stops when told", () =>
    withHarness(async (harness) => {
      await harness.file("a.json", fixture("a"));
      await harness.file("b.json", fixture("b"));
      const driver = harness.driver(
        "voice",
        { driver: "embedded", fixture: "a.json", autoStart: true, intervalMs: 1_000 },
        cliEntry,
      );
      const states = new Set<string>();
      driver.onChange((view) => states.add(view.state));
      await waitUntil("two runs", () => driver.view().runs >= 2);
      expect(states).toEqual(new Set(["running", "scheduled"]));
      expect(driver.view().nextRunUnixMs).not.toBeNull();
      const settings = {
        driver: "embedded",
        fixture: "b.json",
        runner: "contract",
        intervalMs: 1_000,
        timeoutMs: 60_000,
        autoStart: true,
        limits: { queueLimit: 7, processedCaseCap: 100, retryMaxAttempts: 1, retryBaseDelayMs: 0 },
      } as const;
      driver.apply(settings);
      expect(driver.view()).toMatchObject({ fixtures: ["b.json"], limits: { queueLimit: 7 } });
      await waitUntil("a run of the new fixture", () => driver.view().last?.fixture === "b.json");
      await driver.stop("enough");
      const { runs } = driver.view();
      expect(driver.view()).toMatchObject({ state: "stopped", nextRunUnixMs: null, current: null });
      driver.apply({ ...settings, intervalMs: 2_000 });
      expect(driver.view()).toMatchObject({ state: "stopped", intervalMs: 2_000, runs });
      driver.apply({ driver: "observe" });
      expect(driver.view()).toMatchObject({
        kind: "observe",
        state: "observing",
        intervalMs: null,
        limits: null,
      });
    }));

  it("tries a program that cannot be started ever more rarely", () =>
    withHarness(async (harness) => {
      const driver = harness.driver("voice", {
        driver: "command",
        program: "gatehouse-no-such-program",
        autoStart: true,
        intervalMs: 1_000,
      });
      await waitUntil("two attempts", () => driver.view().runs >= 2);
      const { nextRunUnixMs, last, runs, failedRuns } = driver.view();
      expect((nextRunUnixMs ?? 0) - (last?.startedUnixMs ?? 0)).toBeGreaterThan(3_500);
      expect(failedRuns).toBe(runs);
    }));

  it("of one surface is not held up by another that hangs", () =>
    withHarness(async (harness) => {
      const hung = harness.script("voice", "setInterval(() => {}, 1000);", {
        autoStart: true,
        intervalMs: 1_000,
        timeoutMs: 3_600_000,
      });
      const other = harness.script("memory", "", { autoStart: true, intervalMs: 1_000 });
      await waitUntil("three runs of the other", () => other.view().runs >= 3);
      expect(hung.view()).toMatchObject({ state: "running", runs: 0 });
    }));
});
