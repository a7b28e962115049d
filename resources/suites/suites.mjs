import { mkdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { packageCommand } from "./checks.mjs";
import { progressVariable } from "./progress-reporter.mjs";
import { runSupervised } from "./supervised.mjs";
import { parseProgress, tallyRun } from "./tally.mjs";
import { stepLine } from "../setup/report.mjs";

/** The projects of vitest.config.ts. Every one of them must run at least one test. */
export const suites = /** @type {const} */ (["unit", "integration", "e2e", "electron"]);

/**
 * @typedef {(typeof suites)[number]} Suite
 * @typedef {import("./run-guarded.mjs").GuardedRun} GuardedRun
 * @typedef {import("./tally.mjs").Tally} Tally
 */

const shownCharacters = 20_000;

/** @param {string} path; @returns {Promise<string>} its text, "" when there is none */
const textOf = (path) => readFile(path, "utf8").catch(() => "");

/** @param {readonly number[]} times in milliseconds; @returns {string} their sum in seconds */
const secondsOf = (times) => `${(times.reduce((sum, ms) => sum + ms, 0) / 1_000).toFixed(1)} s`;

/**
 * Runs suites in one run of Vitest, side by side as its workers get free, and prints a line for each. The whole output
 * goes to `out/test/log.txt`, what each test came to to `out/test/progress.jsonl`; the end of the output is printed here
 * when something failed. A run that is ended in the middle is told by what had passed and by the tests it was in.
 *
 * @param {string} root the checkout
 * @param {readonly Suite[]} names
 * @param {{ run: GuardedRun; silenceMs: number; files?: readonly string[] }} options `files` are all files when left out
 * @returns {Promise<Tally[]>} one for each suite
 */
export async function runSuites(root, names, { run, silenceMs, files = [] }) {
  const folder = join(root, "out", "test");
  await mkdir(folder, { recursive: true });
  const progress = join(folder, "progress.jsonl");
  const log = join(folder, "log.txt");
  await rm(progress, { force: true });
  const vitest = await packageCommand(root, "vitest", "vitest");
  const projects = names.flatMap((name) => ["--project", name]);
  const { code, stopped } = await runSupervised(process.execPath, [vitest, "run", ...projects, ...files], {
    cwd: root,
    env: { ...run.env, [progressVariable]: progress, FORCE_COLOR: "0", NO_COLOR: "1" },
    log,
    watched: progress,
    silenceMs,
    signal: run.signal,
  });
  const entries = parseProgress(await textOf(progress));
  const tallies = tallyRun(entries, names, { code, stopped });
  if (tallies.some(({ failed }) => failed > 0)) {
    console.log((await textOf(log)).trim().slice(-shownCharacters));
    for (const [index, name] of names.entries())
      for (const problem of tallies[index]?.problems ?? []) console.log(stepLine(name, problem));
  }
  for (const [index, name] of names.entries()) {
    const times = entries.flatMap((entry) =>
      entry.event === "file" && entry.suite === name ? [entry.ms] : [],
    );
    const { passed = 0, failed = 0 } = tallies[index] ?? {};
    console.log(stepLine(name, `${passed} passed, ${failed} failed (${secondsOf(times)} of tests)`));
  }
  return tallies;
}
