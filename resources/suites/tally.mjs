/**
 * What a suite counts for. A test that did not run is a failure here: a desktop suite that skips itself quietly is
 * how a broken window ships.
 *
 * @typedef {{ passed: number; failed: number; problems: readonly string[] }} Tally
 */

/**
 * @param {unknown} report Vitest's JSON report, or undefined when there is none
 * @param {number | null} exitCode of Vitest
 * @returns {Tally} with a word for every failure that is not a failed test
 */
export function tallyReport(report, exitCode) {
  const files = /** @type {any} */ (report)?.testResults;
  if (!Array.isArray(files)) return { passed: 0, failed: 1, problems: ["it wrote no report"] };
  const tests = files.flatMap((file) => (Array.isArray(file.assertionResults) ? file.assertionResults : []));
  /** @param {string} status */
  const withStatus = (status) => tests.filter((test) => test.status === status);
  const passed = withStatus("passed").length;
  const failed = withStatus("failed").length;
  const skipped = tests.filter((test) => test.status !== "passed" && test.status !== "failed");
  const unloaded = files.filter(
    (file) =>
      file.status === "failed" &&
      !(file.assertionResults ?? []).some((/** @type {any} */ test) => test.status === "failed"),
  );
  const problems = [
    ...skipped.map((test) => `did not run: ${test.fullName}`),
    ...unloaded.map((file) => `failed outside its tests: ${file.name}`),
  ];
  if (tests.length === 0) problems.push("it ran no test");
  if (exitCode !== 0 && failed === 0 && problems.length === 0)
    problems.push(`it ended with code ${exitCode}`);
  return { passed, failed: failed + problems.length, problems };
}

/** @param {readonly Tally[]} tallies; @returns {Tally} */
export const sumTallies = (tallies) => ({
  passed: tallies.reduce((sum, tally) => sum + tally.passed, 0),
  failed: tallies.reduce((sum, tally) => sum + tally.failed, 0),
  problems: tallies.flatMap((tally) => tally.problems),
});

/** @param {Tally} tally; @returns {string} the line that closes a run */
export const closingLine = ({ passed, failed }) => `${passed} passed, ${failed} failed`;
