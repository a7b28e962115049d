/** A set-up step that cannot go on: which step, what is wrong, what the operator can do about it. */
export class SetupError extends Error {
  /**
   * @param {string} step as it is printed
   * @param {string} problem one line
   * @param {string} remedy one line, where possible a command
   * @param {string} [detail] output of the program that failed, shown as it is
   */
  constructor(step, problem, remedy, detail = "") {
    super(problem);
    this.name = "SetupError";
    this.step = step;
    this.remedy = remedy;
    this.detail = detail;
  }
}

const stepWidth = 18;
/** Programs put what matters first and their usage after it. */
const shownDetailLines = 40;

/** @param {string} step; @param {string} message */
export const stepLine = (step, message) => `${step.padEnd(stepWidth)} ${message}`;

/**
 * @param {unknown} failure
 * @returns {string} what an operator reads when a step failed: the step, the problem, the remedy
 */
export function failureText(failure) {
  if (!(failure instanceof SetupError)) {
    return stepLine(
      "set-up",
      failure instanceof Error ? (failure.stack ?? failure.message) : String(failure),
    );
  }
  const detail = failure.detail.trim().split("\n").slice(0, shownDetailLines).join("\n");
  const lines = [
    stepLine(failure.step, `failed: ${failure.message}`),
    stepLine("", `remedy: ${failure.remedy}`),
  ];
  return detail === "" ? lines.join("\n") : `${detail}\n${lines.join("\n")}`;
}

/**
 * Runs one set-up step and prints its one line.
 *
 * @template Result
 * @param {string} step
 * @param {() => Promise<{ line: string; value: Result }>} action
 * @param {(line: string) => void} [print]
 * @returns {Promise<Result>}
 */
export async function runStep(step, action, print = console.log) {
  const { line, value } = await action();
  print(stepLine(step, line));
  return value;
}
