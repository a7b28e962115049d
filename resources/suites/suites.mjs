import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { packageCommand } from "./checks.mjs";
import { run } from "../setup/process.mjs";
import { stepLine } from "../setup/report.mjs";
import { tallyReport } from "./tally.mjs";

/** The projects of vitest.config.ts, in the order they run. Every one of them must run at least one test. */
export const suites = /** @type {const} */ (["unit", "integration", "e2e", "electron"]);

/** @typedef {(typeof suites)[number]} Suite */

const suiteTimeoutMs = 20 * 60_000;
const shownCharacters = 20_000;

/** @param {string} path; @returns {Promise<unknown>} */
const readReport = (path) =>
  readFile(path, "utf8").then(
    (text) => JSON.parse(text),
    () => undefined,
  );

/**
 * Runs one suite and prints its line; its whole output goes to `out/test/`, and the end of it here when it failed.
 *
 * @param {string} root the checkout
 * @param {Suite} suite
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<import("./tally.mjs").Tally>}
 */
export async function runSuite(root, suite, env) {
  const folder = join(root, "out", "test");
  await mkdir(folder, { recursive: true });
  const report = join(folder, `${suite}.json`);
  await rm(report, { force: true });
  const started = performance.now();
  const vitest = await packageCommand(root, "vitest", "vitest");
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const result = await run(process.execPath, [vitest, "run", "--project", suite, ...reporters], {
    cwd: root,
    env: { ...env, FORCE_COLOR: "0", NO_COLOR: "1" },
    timeoutMs: suiteTimeoutMs,
  });
  const output = `${result.stdout}${result.stderr}`;
  await writeFile(join(folder, `${suite}.log`), output);
  const tally = tallyReport(await readReport(report), result.code);
  const problems = result.stopped === "" ? tally.problems : [...tally.problems, result.stopped];
  if (tally.failed > 0) {
    console.log(output.trim().slice(-shownCharacters));
    for (const problem of problems) console.log(stepLine(suite, problem));
  }
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(stepLine(suite, `${tally.passed} passed, ${tally.failed} failed (${seconds} s)`));
  return { ...tally, problems };
}
