import type { ProgressEvent } from "#contract/tos/progress";
import type { TosOperation } from "#contract/tos/vocabulary";
import type { Clock } from "#domain/clock";
import type { Provenance } from "#domain/tos/launcher/arguments";
import type { Terminal } from "../../cli/terminal";

export type Environment = Readonly<Record<string, string | undefined>>;

/** An operation of the console on a project, whatever asked for it. */
export interface Operation {
  readonly operation: TosOperation;
  readonly clean: boolean;
  /** Absolute folder of the project. */
  readonly root: string;
  /** Name of the checkpoint, target of the rollback, recovery; empty otherwise. */
  readonly subject: string;
  readonly provenance: Provenance;
  /** Lines that are printed before anything else, also when the operation cannot begin. */
  readonly head: readonly string[];
}

/** Where an operation runs. */
export interface OperationHost {
  readonly terminal: Terminal;
  readonly environment: Environment;
  readonly clock: Clock;
  readonly operator: string;
}

/** What an operation that has begun works with. */
export interface OperationContext extends Operation {
  readonly runId: string;
  readonly environment: Environment;
  readonly clock: Clock;
  readonly operator: string;
  /** Aborted with a `CancelRequest` as its reason. */
  readonly cancel: AbortSignal;
  /** Puts an event into the progress; a line is printed as well. Never throws. */
  readonly report: (event: ProgressEvent) => void;
  /** Why the progress could not be written any more; null while it could. */
  readonly lost: () => unknown;
  /** Prints one of the launcher's lines. */
  readonly print: (line: string) => void;
  /** Says something of the console's own, on standard error. */
  readonly say: (line: string) => void;
}

/** How an operation ended: the process's exit code, and what it came to in words. */
export interface OperationEnd {
  readonly exitCode: number;
  readonly endReason: string;
}
