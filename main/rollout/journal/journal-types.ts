import type { RolloutState } from "#domain/rollout/state";
import type { CheckRecord, JournalEntry, RolloutEvent, TimelineEntry } from "#contract/rollout/journal";
import type { RecordReference } from "#contract/reading";
import type { RolloutSummary, TrendPoint } from "#contract/rollout/view";

/** Why a journal cannot be trusted from some place on. What comes before that place is in force, nothing is appended. */
export interface JournalProblem {
  /** One sentence: file, line, byte offset, what was expected and what was found. */
  readonly message: string;
  /** The line where the chain breaks; its text is cut to 2,000 characters. */
  readonly record: RecordReference;
}

/** Which entries of a journal to read, newest first. */
export interface TimelineQuery {
  /** Only entries before this one; null for the newest. */
  readonly beforeSequence: number | null;
  readonly limit: number;
  /** Without checks that changed nothing: same verdicts and findings as the check before, and no soak lost. */
  readonly notableOnly: boolean;
}

export interface TimelinePage {
  /** Entries in the journal that the query could ever give, whatever its place and limit. */
  readonly total: number;
  readonly entries: readonly TimelineEntry[];
}

/** One check with the state it was judged in, as an explanation needs them, and its line in the journal. */
export interface JournaledCheck {
  readonly stateBefore: RolloutState;
  readonly check: CheckRecord;
  readonly record: RecordReference;
}

/** A journal that was read from its first line to its last, verified and folded. */
export interface RolloutJournal {
  readonly rolloutId: string;
  /** File of the journal, relative to the workspace, with `/`. */
  readonly path: string;
  /** The fold of every entry up to the end or the problem; null when there is no entry to fold. */
  readonly state: RolloutState | null;
  /** Whole entries that hold. */
  readonly entries: number;
  /** Null while the chain holds. */
  readonly problem: JournalProblem | null;
  /** Bytes of a torn last line: cut off when opened for appending, passed over when only read. */
  readonly tornBytes: number;
  /** Rejects with a `BridgeError` (`unreadable`) when the file is no longer what was verified. */
  timeline(query: TimelineQuery): Promise<TimelinePage>;
  /** Null when there is no such check. Rejects as `timeline` does. */
  check(number: number): Promise<JournaledCheck | null>;
  /** One point for each check, oldest first. */
  trends(): readonly TrendPoint[];
}

/** A journal that can be continued. One process at a time may have it (the workspace claim sees to that). */
export interface WritableJournal extends RolloutJournal {
  /**
   * Writes what was decided together as one entry, on disk when it resolves; calls are served one after another.
   * Rejects with a `BridgeError` and leaves the journal as it was before: `unavailable` when the disk refused (the next
   * append tries again), `conflict` when the chain is broken or somebody else wrote, `internal` for events that are
   * none. Rejected events are not in the state.
   */
  append(events: readonly RolloutEvent[]): Promise<JournalEntry>;
  /** Waits for appends under way. */
  close(): Promise<void>;
}

/** The rollouts of a workspace. A rollout whose journal gives no state at all cannot be summarised; it says why. */
export interface RolloutHistory {
  /** Newest first. */
  readonly rollouts: readonly RolloutSummary[];
  readonly unreadable: readonly { readonly rolloutId: string; readonly problem: string }[];
}

/** The journals of a workspace, `.gatehouse/rollouts/<rolloutId>/journal.jsonl`. */
export interface RolloutStore {
  /**
   * An identifier for a rollout that starts now: it sorts after every rollout there is, also when the wall clock was
   * set back meanwhile.
   */
  newRolloutId(unixMs: number): Promise<string>;
  /**
   * Makes a rollout's folder and journal with its first entry, in one step. Rejects with a `BridgeError`: `conflict`
   * when there is one already, `unavailable` when it cannot be written, `invalid_request` for an unusable identifier.
   */
  create(rolloutId: string, events: readonly RolloutEvent[]): Promise<WritableJournal>;
  /**
   * Opens a journal for appending and cuts off a torn last line. Rejects with a `BridgeError`: `not_found`, or
   * `unavailable` when it may not be written. A journal that cannot be trusted opens, with its `problem`.
   */
  open(rolloutId: string): Promise<WritableJournal>;
  /** Reads a journal and changes nothing. Rejects with a `BridgeError` (`not_found`). */
  read(rolloutId: string): Promise<RolloutJournal>;
  list(): Promise<RolloutHistory>;
  /** The newest rollout; null when there is none. */
  latestId(): Promise<string | null>;
}
