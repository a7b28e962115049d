/**
 * What a suite counts for. A test that did not run is a failure here: a desktop suite that skips itself quietly is
 * how a broken window ships.
 *
 * @typedef {{ passed: number; failed: number; problems: readonly string[] }} Tally
 * @typedef {import("./progress-reporter.mjs").ProgressEntry} ProgressEntry
 */

/**
 * @param {string} text of a progress file; a last line that was cut short does not count
 * @returns {ProgressEntry[]}
 */
export const parseProgress = (text) =>
  text
    .split("\n")
    .slice(0, -1)
    .map((line) => JSON.parse(line));

/**
 * @param {readonly ProgressEntry[]} entries
 * @param {string} suite
 * @returns {Tally} with a word for every failure that is not a failed test
 */
export function tallySuite(entries, suite) {
  const tests = entries.flatMap((entry) => (entry.event === "test" && entry.suite === suite ? [entry] : []));
  const files = entries.flatMap((entry) => (entry.event === "file" && entry.suite === suite ? [entry] : []));
  const failed = tests.filter(({ state }) => state === "failed");
  const failedFiles = new Set(failed.map(({ file }) => file));
  const problems = [
    ...tests.filter(({ state }) => state === "skipped").map(({ name }) => `did not run: ${name}`),
    ...files
      .filter((file) => file.failed && !failedFiles.has(file.file))
      .map(({ file }) => `failed outside its tests: ${file}`),
  ];
  if (tests.length === 0) problems.push("it ran no test");
  const passed = tests.filter(({ state }) => state === "passed").length;
  return { passed, failed: failed.length + problems.length, problems };
}

/**
 * What was being run when a run was ended: the test that began last in each file that has not ended.
 *
 * @param {readonly ProgressEntry[]} entries
 * @returns {string[]} `file: test`
 */
export function unfinishedTests(entries) {
  /** @type {Map<string, string>} */
  const running = new Map();
  for (const entry of entries) {
    if (entry.event === "began") running.set(entry.file, entry.name);
    else if (entry.event === "file") running.delete(entry.file);
  }
  return [...running].map(([file, name]) => `${file}: ${name}`);
}

/**
 * The tallies of a whole run. What belongs to the run and to no suite counts with the first.
 *
 * @param {readonly ProgressEntry[]} entries
 * @param {readonly string[]} names of the suites that had to run
 * @param {{ code: number | null; stopped: string }} ending of Vitest: its exit code, and why it was ended, "" when it was not
 * @returns {Tally[]} one for each name
 */
export function tallyRun(entries, names, { code, stopped }) {
  const tallies = names.map((name) => tallySuite(entries, name));
  const end = entries.findLast((entry) => entry.event === "end");
  /** @type {string[]} */
  const common = [];
  if (stopped !== "")
    common.push(stopped, ...unfinishedTests(entries).map((test) => `it was running ${test}`));
  else if (end === undefined) common.push(`it ended with code ${code} before its tests had`);
  else if (end.unhandled > 0) common.push(`errors outside of tests: ${end.unhandled}`);
  else if (code !== 0 && tallies.every(({ failed }) => failed === 0))
    common.push(`it ended with code ${code}`);
  return tallies.map((tally, index) =>
    index === 0
      ? { ...tally, failed: tally.failed + common.length, problems: [...tally.problems, ...common] }
      : tally,
  );
}

/** @param {readonly Tally[]} tallies; @returns {Tally} */
export const sumTallies = (tallies) => ({
  passed: tallies.reduce((sum, tally) => sum + tally.passed, 0),
  failed: tallies.reduce((sum, tally) => sum + tally.failed, 0),
  problems: tallies.flatMap((tally) => tally.problems),
});

/** @param {Tally} tally; @returns {string} the line that closes a run */
export const closingLine = ({ passed, failed }) => `${passed} passed, ${failed} failed`;
