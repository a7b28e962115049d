import type { RunView } from "#contract/driver";
import type { ProgramEnd } from "./process";

export type RunEnding = Pick<RunView, "outcome" | "exitCode" | "signal" | "detail">;

/** What an end means for the operator; the program's own last words are quoted where they explain it. */
export function describeEnd(
  end: ProgramEnd,
  context: { lastWords: string; timeoutMs: number; cancelReason: string | null },
): RunEnding {
  const said = context.lastWords === "" ? "" : `: ${context.lastWords}`;
  const none = { exitCode: null, signal: null };
  switch (end.kind) {
    case "exited": {
      const { exitCode } = end;
      if (exitCode === 0) return { ...none, outcome: "succeeded", exitCode, detail: "" };
      return { ...none, outcome: "failed", exitCode, detail: `It ended with exit code ${exitCode}${said}` };
    }
    case "signalled":
      return {
        ...none,
        outcome: "failed",
        signal: end.signal,
        detail: `It was ended by ${end.signal}${said}`,
      };
    case "timed-out":
      return {
        ...none,
        outcome: "timed-out",
        detail: `It was ended because it took longer than ${context.timeoutMs} ms${said}`,
      };
    case "cancelled":
      return { ...none, outcome: "cancelled", detail: context.cancelReason ?? "" };
    case "not-started":
      return { ...none, outcome: "not-started", detail: end.problem };
  }
}
