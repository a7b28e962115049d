import type { ProgressEvent } from "#contract/tos/progress";
import { describeFileError } from "../../watch/file-problem";

/** Where a run speaks: the lines of the reference on stdout, our own on stderr. */
export interface Console {
  /** Never throws, also where it is called from a timer; see `mustBeHeard`. */
  report(event: ProgressEvent): void;
  print(...lines: readonly string[]): void;
  complain(line: string): void;
  /** Throws what a report failed with, so that a run whose progress cannot be written does not go on unseen. */
  mustBeHeard(): void;
}

export function consoleOf(tell: (event: ProgressEvent) => void): Console {
  let failure: unknown = null;
  const report = (event: ProgressEvent): void => {
    try {
      tell(event);
    } catch (error) {
      failure ??= error;
    }
  };
  return {
    report,
    print: (...lines) => {
      for (const text of lines) report({ kind: "line", stream: "stdout", text });
    },
    complain: (text) => report({ kind: "line", stream: "stderr", text }),
    mustBeHeard: () => {
      if (failure !== null)
        throw new Error(`the run's progress cannot be written: ${describeFileError(failure)}`, {
          cause: failure,
        });
    },
  };
}
