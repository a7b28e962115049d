import { appendFileSync } from "node:fs";
import { relative } from "node:path";

/** Environment variable that names the file a run of Vitest reports to; nothing is reported without it. */
export const progressVariable = "GATEHOUSE_TEST_PROGRESS";

/**
 * One line of a progress file. `file` is relative to the checkout.
 *
 * @typedef {{ event: "began"; file: string; name: string }} BeganEntry by the test's own worker
 * @typedef {{ event: "test"; suite: string; file: string; name: string; state: "passed" | "failed" | "skipped"; ms: number }} TestEntry
 * @typedef {{ event: "file"; suite: string; file: string; failed: boolean; ms: number }} FileEntry
 * @typedef {{ event: "end"; unhandled: number }} EndEntry
 * @typedef {BeganEntry | TestEntry | FileEntry | EndEntry} ProgressEntry
 */

/** Writes down, line by line and at once, what Vitest has run: whatever ends the run, what had passed is known. */
export class ProgressReporter {
  #path;
  #root = process.cwd();

  /** @param {string} path of the progress file */
  constructor(path) {
    this.#path = path;
  }

  /** @param {import("vitest/node").Vitest} vitest */
  onInit(vitest) {
    this.#root = vitest.config.root;
  }

  /** @param {import("vitest/node").TestCase} test */
  onTestCaseResult(test) {
    const { state } = test.result();
    this.#write({
      event: "test",
      ...this.#place(test.module),
      name: test.fullName,
      state: state === "pending" ? "skipped" : state,
      ms: Math.round(test.diagnostic()?.duration ?? 0),
    });
  }

  /** @param {import("vitest/node").TestModule} module */
  onTestModuleEnd(module) {
    const ms = Math.round(module.diagnostic().duration);
    this.#write({ event: "file", ...this.#place(module), failed: module.state() === "failed", ms });
  }

  /**
   * @param {readonly import("vitest/node").TestModule[]} _modules
   * @param {readonly unknown[]} unhandled errors that belong to no test
   */
  onTestRunEnd(_modules, unhandled) {
    this.#write({ event: "end", unhandled: unhandled.length });
  }

  /** @param {import("vitest/node").TestModule} module */
  #place(module) {
    return { suite: module.project.name, file: relative(this.#root, module.moduleId) };
  }

  /** @param {ProgressEntry} entry */
  #write(entry) {
    appendFileSync(this.#path, `${JSON.stringify(entry)}\n`);
  }
}
