import { copyFile, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { browserLiveSummarySchema } from "#contract/reading";
import { ensureBuilt } from "../../support/build";
import { waitUntil } from "../../support/wait-until";
import { DriverHarness, runToEnd } from "./harness";

let cliEntry: string;
let harness: DriverHarness;
beforeAll(async () => {
  cliEntry = join(await ensureBuilt(), "main", "cli.js");
});
beforeEach(async () => {
  harness = await DriverHarness.open();
  await copyFile("fixtures/browser-live/demo.json", join(harness.path, "live.json"));
});
afterEach(() => harness.close());

const live = { driver: "embedded", runner: "live", fixture: "live.json", stateDir: ".tau/live" };

it("drives a real browser and writes the summary where the settings say", async () => {
  const driver = harness.driver("browser-automation", live, cliEntry);
  const run = await runToEnd(driver);
  expect(run).toMatchObject({ outcome: "succeeded", detail: "", fixture: "live.json" });
  expect(run.commandLine).toContain(`browser-live --fixture ${join(harness.path, "live.json")} --state-dir`);
  const summary = join(harness.path, ".tau/demo-browser-automation-live/browser-live-summary.json");
  expect(browserLiveSummarySchema.parse(JSON.parse(await readFile(summary, "utf8")))).toMatchObject({
    discovered_cases: 3,
    success_cases: 3,
    health_state: "healthy",
  });
  expect(await readFile(join(harness.path, ".tau/live/runtime-events.jsonl"), "utf8")).toContain("healthy");
});

it("can be cancelled while the browser works", async () => {
  const driver = harness.driver("browser-automation", live, cliEntry);
  const { runId } = await driver.run(undefined, "operator");
  await waitUntil("the harness to be started", () => driver.output(runId, 0).length > 0);
  const view = await driver.cancel("enough seen");
  expect(view.last).toMatchObject({ runId, outcome: "cancelled", detail: "enough seen" });
  // The state directory is free again: the next run is a clean one.
  expect(await runToEnd(driver)).toMatchObject({ outcome: "succeeded", detail: "" });
});
