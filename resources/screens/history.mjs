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
 * Runs the demo's TOS project once from a clean state, as an operator would who acknowledges what stands in the way.
 *
 * @param {import("playwright").Page} page of the served console
 */
export async function makeTosRun(page) {
  const project = async () => (await ask(page, "console.snapshot", {})).value.tos.view;
  const deadline = performance.now() + patienceMs;
  const { actions } = await project();
  const { rules } = actions.find((/** @type {any} */ action) => action.operation === "cleanrun");
  const reason = "Something to photograph";
  const acknowledgements = rules.map((/** @type {any} */ { rule }) => ({ rule, reason }));
  const launch = { operation: "cleanrun", reason, acknowledgements };
  const begun = await ask(page, "tos.launch", { launch });
  if (!begun.ok) throw new Error(`The TOS project was not run: ${begun.error.message}`);
  for (;;) {
    const { runs } = await project();
    if (runs.some((/** @type {any} */ run) => run.runId === begun.value.runId)) return;
    if (performance.now() > deadline) throw new Error("The run of the TOS project did not end in time.");
    await delay(100);
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
