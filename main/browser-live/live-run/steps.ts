import type { Terminal } from "../../cli/terminal";

/** Prints the steps of the live run (spec/tau/live-run.md §§3, 4): everything, failures too, goes to standard output. */
export class StepReport {
  readonly #terminal: Terminal;
  #total = 0;
  #passed = 0;

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  line(text: string): void {
    this.#terminal.out(`[demo:browser-automation-live] ${text}`);
  }

  /** Runs one step, which resolves with its exit code, and says how it went. Returns that code. */
  async run(label: string, step: () => Promise<number>): Promise<number> {
    this.#total += 1;
    this.line(`[${this.#total}] ${label}`);
    const exitCode = await step();
    if (exitCode === 0) this.#passed += 1;
    this.line(exitCode === 0 ? `PASS ${label}` : `FAIL ${label} exit=${exitCode}`);
    return exitCode;
  }

  summary(): void {
    const failed = this.#total - this.#passed;
    this.line(`summary: total=${this.#total} passed=${this.#passed} failed=${failed}`);
  }
}
