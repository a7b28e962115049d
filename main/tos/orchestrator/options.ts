import type { ProgressEvent } from "#contract/tos/progress";
import type { TosSettings } from "#contract/tos/settings";
import type { Clock } from "#domain/clock";

/** All that a run of the orchestrator takes from outside. */
export interface OrchestratorOptions {
  /** Folder with `config_v0_3.json`; everything is relative to it, never to the caller's folder. */
  readonly root: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly settings: TosSettings;
  readonly clock: Clock;
  /** Waits between two attempts. Rejects or resolves early when the signal is aborted. */
  readonly sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  /** Aborted with a `CancelRequest` as its reason. */
  readonly cancel: AbortSignal;
  /** Told of everything, in order, after it is on disk. Console lines are `{kind: "line"}` events. */
  readonly report: (event: ProgressEvent) => void;
}
