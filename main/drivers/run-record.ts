import type { RunView } from "#contract/driver";
import type { RunningProgram } from "./process";
import type { RunEnding } from "./run-end";

/** One run as the driver holds it: the announced view, and the program behind it once there is one. */
export class RunRecord {
  #view: RunView;
  #settle: () => void = () => undefined;
  /** Resolves when the run is over, whatever became of it. */
  readonly ended: Promise<void>;
  readonly startedMonotonicMs: number;
  program: RunningProgram | null = null;
  #cancelReason: string | null = null;

  constructor(
    begun: Pick<RunView, "runId" | "surface" | "trigger" | "startedUnixMs" | "fixture">,
    monotonicMs: number,
  ) {
    this.startedMonotonicMs = monotonicMs;
    this.ended = new Promise((resolve) => {
      this.#settle = resolve;
    });
    this.#view = {
      ...begun,
      finishedUnixMs: null,
      durationMs: null,
      outcome: "running",
      exitCode: null,
      signal: null,
      commandLine: "",
      detail: "",
      outputLines: 0,
      droppedBytes: 0,
    };
  }

  get view(): RunView {
    return {
      ...this.#view,
      outputLines: this.program?.output.count ?? 0,
      droppedBytes: this.program?.droppedBytes() ?? 0,
    };
  }

  get cancelReason(): string | null {
    return this.#cancelReason;
  }

  prepared(commandLine: string, fixture: string | null): void {
    this.#view = { ...this.#view, commandLine, fixture };
  }

  /** Asks the run to end; the first reason counts. Resolves when it has. */
  cancel(reason: string): Promise<void> {
    this.#cancelReason ??= reason;
    this.program?.cancel();
    return this.ended;
  }

  finish(ending: RunEnding, nowUnixMs: number, nowMonotonicMs: number): void {
    const durationMs = Math.max(0, Math.round(nowMonotonicMs - this.startedMonotonicMs));
    this.#view = { ...this.#view, ...ending, finishedUnixMs: nowUnixMs, durationMs };
    this.settle();
  }

  /** Tells those who wait that nothing more comes of this run. */
  settle(): void {
    this.#settle();
  }
}
