import { setTimeout as delay } from "node:timers/promises";
import { leftRunning, runGuarded } from "./run-guarded.mjs";
import { ensurePace, limitsFor } from "./pace.mjs";
import { runSuites, suites } from "./suites.mjs";
import { closingLine, sumTallies } from "./tally.mjs";
import { withVirtualDisplay } from "./virtual-display.mjs";
import { stepLine } from "../setup/report.mjs";

/**
 * @typedef {import("./run-guarded.mjs").GuardedRun} GuardedRun
 * @typedef {import("./tally.mjs").Tally} Tally
 */

/**
 * Runs suites on a display of their own and prints the closing line.
 *
 * @param {string} root the checkout, built
 * @param {{ names: readonly import("./suites.mjs").Suite[]; env: NodeJS.ProcessEnv; files?: readonly string[];
 *   isDeep?: boolean; before?: (run: GuardedRun) => Promise<Tally[]> }} options `before` gives what counts beside
 *   the suites and is run first
 * @returns {Promise<number>} the exit code: 1 when something failed, was ended or did not run
 */
export async function runTests(root, { names, env, files = [], isDeep = false, before }) {
  const pace = ensurePace(env);
  const limits = limitsFor(pace);
  const silenceMs = isDeep ? limits.deepSilenceMs : limits.silenceMs;
  const seconds = (/** @type {number} */ ms) => `${Math.round(ms / 1_000)} s`;
  console.log(
    stepLine(
      "pace",
      `${pace} × the time of the reference machine; hanging is ended after ${seconds(limits.waitMs)} of waiting, ` +
        `${seconds(isDeep ? limits.deepTestMs : limits.testMs)} of one test`,
    ),
  );
  const total = await runGuarded(env, async (run) => {
    const counted = (await before?.(run)) ?? [];
    const work = (/** @type {NodeJS.ProcessEnv} */ displayed) =>
      runSuites(root, names, { run: { ...run, env: displayed }, silenceMs, files });
    const tallies = await (names.some((name) => name !== "unit")
      ? withVirtualDisplay(work, run.env)
      : work(run.env));
    return sumTallies([...counted, ...tallies, await tallyLeftovers(run, limits.waitMs)]);
  });
  console.log(closingLine(total));
  return total.failed === 0 ? 0 : 1;
}

/**
 * A process that its test has not ended is a failure; one that is just about to end by itself is none.
 *
 * @param {GuardedRun} run
 * @param {number} waitMs longest that is waited for the last ones
 * @returns {Promise<Tally>}
 */
async function tallyLeftovers(run, waitMs) {
  const deadline = performance.now() + waitMs;
  let left = await leftRunning(run);
  while (left.length > 0 && performance.now() < deadline && !run.signal.aborted) {
    await delay(100);
    left = await leftRunning(run);
  }
  const problems = left.map(({ command }) => `left running: ${command}`);
  for (const problem of problems) console.log(stepLine("processes", problem));
  return { passed: 0, failed: problems.length, problems };
}

/**
 * @param {readonly string[]} args of the command line
 * @returns {readonly import("./suites.mjs").Suite[]} the suites they name, all when they name none
 */
export function namedSuites(args) {
  const unknown = args.find((name) => !suites.some((suite) => suite === name));
  if (unknown !== undefined)
    throw new Error(`there is no suite ${unknown}; expected ${suites.join(", ")} or nothing for all`);
  return args.length === 0 ? suites : suites.filter((suite) => args.includes(suite));
}
