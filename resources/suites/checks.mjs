import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { run } from "../setup/process.mjs";
import { stepLine } from "../setup/report.mjs";

/** The static checks of `npm run check`; each counts as one test. */
const checks = [
  { name: "format", package: "prettier", command: "prettier", args: ["--check", "--log-level", "warn", "."] },
  { name: "lint", package: "oxlint", command: "oxlint", args: ["--type-aware", "--deny-warnings"] },
  { name: "types", package: "typescript", command: "tsc", args: ["-b"] },
  { name: "dead code", package: "knip", command: "knip", args: ["--no-progress"] },
];

/** @param {string} root the checkout; @param {string} name of the package; @param {string} command one of its commands */
export async function packageCommand(root, name, command) {
  const folder = join(root, "node_modules", name);
  const { bin } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
  return join(folder, typeof bin === "string" ? bin : bin[command]);
}

/** @param {number} started; @returns {string} */
const secondsSince = (started) => `${((performance.now() - started) / 1000).toFixed(1)} s`;

/**
 * Runs format, lint, types and dead code side by side, all of them even when one fails, and prints a line for each.
 *
 * @param {string} root the checkout
 * @param {import("./run-guarded.mjs").GuardedRun} guarded
 * @returns {Promise<import("./tally.mjs").Tally>}
 */
export async function runChecks(root, { env, signal }) {
  let failed = 0;
  const runCheck = async (/** @type {(typeof checks)[number]} */ check) => {
    const started = performance.now();
    const program = await packageCommand(root, check.package, check.command);
    const result = await run(process.execPath, [program, ...check.args], {
      cwd: root,
      env,
      supervise: () => (signal.aborted ? String(signal.reason) : ""),
    });
    if (result.code === 0) console.log(stepLine(check.name, `passed (${secondsSince(started)})`));
    else {
      failed += 1;
      console.log(`${result.stdout}${result.stderr}`.trim());
      console.log(
        stepLine(check.name, `FAILED${result.stopped && `: ${result.stopped}`} (${secondsSince(started)})`),
      );
    }
  };
  await Promise.all(checks.map(runCheck));
  return { passed: checks.length - failed, failed, problems: [] };
}
