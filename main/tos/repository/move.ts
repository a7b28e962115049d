import type { BytePath } from "#domain/tos/repository/byte-path";
import type { RecoveryRecord } from "#domain/tos/repository/recovery-record";

/** Where the work tree is to go. */
export interface Move {
  readonly operation: RecoveryRecord["operation"];
  /** Commit the branch is moved to. */
  readonly toHash: string;
  /** Commit whose files stand there afterwards: `toHash`, or the recovery that an undo puts back. */
  readonly goal: string;
  /** Permissions that are put back with the goal's files. */
  readonly goalModes: ReadonlyMap<BytePath, number>;
  /** The automatic test follows. */
  readonly willTest: boolean;
  /** What is uncommitted goes too, and is kept; otherwise it is an obstacle (governance G46). */
  readonly allowDirty: boolean;
  /** Operations that were cut off: what they move may be half done. */
  readonly interrupted: readonly RecoveryRecord[];
  /** The operation that is taken back or carried on: its branch has to be checked out. */
  readonly about: RecoveryRecord | null;
}
