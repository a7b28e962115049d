import type { ProgressEvent } from "#contract/tos/progress";
import type { Clock } from "#domain/clock";

export type Environment = Readonly<Record<string, string | undefined>>;

/** What a git operation works with. */
export interface RepositoryContext {
  /** The project's folder: the top of a work tree, or a folder in one. */
  readonly root: string;
  readonly environment: Environment;
  readonly clock: Clock;
  readonly operator: string;
  readonly report: (event: ProgressEvent) => void;
}
