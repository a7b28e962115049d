import type { EventFold } from "#domain/fold/event-fold";
import type { SourceFacts } from "#domain/freshness";

/** A log that is being followed, as far as others may look into it. */
export interface FollowedLog {
  readonly path: string;
  readonly fold: EventFold;
  /** Identity of the file the fold belongs to; "" while there is none. */
  readonly inode: string;
  /** Changes when the log was truncated, rotated or replaced. */
  readonly generation: number;
  /** Size of the file when last looked at. */
  readonly bytes: number;
  /** Set while there is much to catch up with. */
  readonly progress: { readonly readBytes: number; readonly totalBytes: number } | null;
  source(staleAfterMs: number): SourceFacts;
}
