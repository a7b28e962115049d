import type { RunView } from "#contract/driver";
import type { ProgramEnd, RunningProgram } from "./process";

type Ending = Pick<RunView, "outcome" | "exitCode" | "signal" | "detail">;

/** What an end means for the operator; the program's own last words are quoted where they explain it. */
export function describeEnd(
  end: ProgramEnd,
  lastWords: string,
  timeoutMs: number,
  cancelReason: string | null,
): Ending {
  const said = lastWords === "" ? "" : `: ${lastWords}`;
  switch (end.kind) {
    case "exited":
      return end.exitCode === 0
        ? { outcome: "succeeded", exitCode: 0, signal: null, detail: "" }
        : {
            outcome: "failed",
            exitCode: end.exitCode,
            signal: null,
            detail: `It ended with exit code ${end.exitCode}${said}`,
          };
    case "signalled":
      return {
        outcome: "failed",
        exitCode: null,
        signal: end.signal,
        detail: `It was ended by ${end.signal}${said}`,
      };
    case "timed-out":
      return {
        outcome: "timed-out",
        exitCode: null,
        signal: null,
        detail: `It was ended because it took longer than ${timeoutMs} ms${said}`,
      };
    case "cancelled":
      return { outcome: "cancelled", exitCode: null, signal: null, detail: cancelReason ?? "" };
    case "not-started":
      return { outcome: "not-started", exitCode: null, signal: null, detail: end.problem };
  }
}

/** One run as the driver holds it: the announced view, and the program behind it while there is one. */
export class RunRecord {
  #view: RunView;
  program: RunningProgram | null = null;
  cancelReason: string | null = null;
  readonly startedMonotonicMs: number;

  constructor(view: RunView, startedMonotonicMs: number) {
    this.#view = view;
    this.startedMonotonicMs = startedMonotonicMs;
  }

  get view(): RunView {
    return {
      ...this.#view,
      outputLines: this.program?.output.count ?? 0,
      droppedBytes: this.program?.droppedBytes() ?? 0,
    };
  }

  update(change: Partial<RunView>): void {
    this.#view = { ...this.#view, ...change };
  }
}
