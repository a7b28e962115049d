import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { execa } from "execa";

const patienceMs = 60_000;

/**
 * Asks the console's host from inside its page, as the page itself would.
 *
 * @param {import("playwright").Page} page
 * @param {string} name of the request
 * @param {unknown} input
 * @returns {Promise<any>} the envelope
 */
const ask = (page, name, input) =>
  page.evaluate(async ([request, body]) => {
    const headers = { "Content-Type": "application/json" };
    const response = await fetch(`/api/${request}`, { method: "POST", headers, body: JSON.stringify(body) });
    return response.json();
  }, /** @type {const} */ ([name, input]));

/**
 * Runs real cycles of every surface until each has some history to show.
 *
 * @param {import("playwright").Page} page of the served console
 * @param {number} cycles
 */
export async function makeHistory(page, cycles) {
  const deadline = performance.now() + patienceMs;
  for (;;) {
    const { value } = await ask(page, "console.snapshot", {});
    const behind = value.surfaces.filter((/** @type {any} */ surface) => surface.reading.log.cycles < cycles);
    if (behind.length === 0) return;
    if (performance.now() > deadline)
      throw new Error(`No ${cycles} cycles of ${behind[0].reading.surface} in time.`);
    // Refused while a cycle is under way, which is as good.
    for (const { reading } of behind) await ask(page, "driver.run", { surface: reading.surface });
    await delay(100);
  }
}

/**
 * Takes a rehearsal through preflight into its first canary and pauses it there, so that the rollout's views have a
 * story to show.
 *
 * @param {import("playwright").Page} page of the served console
 */
export async function makeRollout(page) {
  const offered = await ask(page, "rollout.profiles", {});
  const { candidate, profiles } = offered.value;
  const profile = profiles.find((/** @type {any} */ choice) => choice.profile.rehearsal)?.profile;
  if (!candidate || !profile) throw new Error("The workspace offers no rehearsal and candidate to start.");
  const started = await ask(page, "rollout.start", { candidate, profileId: profile.id, reason: "Pictures" });
  if (started.value?.outcome !== "done")
    throw new Error(`The rollout was not started: ${JSON.stringify(started)}`);
  const give = async (/** @type {string} */ command, /** @type {string} */ reason) => {
    const { rolloutId, revision } = await latestRollout(page);
    return ask(page, "rollout.command", { command: { command, rolloutId, revision, reason } });
  };
  await until(page, "the first check", (rollout) => rollout.checks > 0);
  await until(page, "canary 1", async (rollout) => {
    if (rollout.phase === "preflight") await give("promote", "Preflight is green");
    return rollout.phase !== "preflight";
  });
  await until(page, "checks in canary 1", (rollout) => rollout.ended || rollout.checks > 5);
  await give("pause", "Waiting for the database team");
}

/**
 * @param {import("playwright").Page} page
 * @returns {Promise<any>} the rollout the console works on
 */
const latestRollout = async (page) => (await ask(page, "console.snapshot", {})).value.rollout.latest;

/**
 * @param {import("playwright").Page} page
 * @param {string} what is waited for, for the error
 * @param {(rollout: any) => boolean | Promise<boolean>} reached
 */
async function until(page, what, reached) {
  const deadline = performance.now() + patienceMs;
  while (!(await reached(await latestRollout(page)))) {
    if (performance.now() > deadline) throw new Error(`The rollout did not reach ${what} in time.`);
    await delay(200);
  }
}

/**
 * Drives a real browser through its live run once, so that its summary and timeline are there to show.
 *
 * @param {string} root the checkout, built
 * @param {string} workspace
 */
export async function makeLiveRun(root, workspace) {
  const cli = join(root, "out", "main", "cli.js");
  await execa(process.execPath, [cli, "browser-live", "--repo-root", workspace]);
}
