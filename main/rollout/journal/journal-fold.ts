import type { RecordReference } from "#contract/reading";
import type { JournalEntry } from "#contract/rollout/journal";
import type { TrendPoint } from "#contract/rollout/view";
import { evolve } from "#domain/rollout/evolve";
import type { RolloutState } from "#domain/rollout/state";
import { trendPoint } from "#domain/rollout/trends";
import { decodeLine, firstPreviousHash, type BrokenLine } from "./journal-line";
import type { JournalProblem } from "./journal-types";
import { isNotable } from "./notable";

/** Where an entry stands, and what it is needed for. Its line is `sequence`, 1-based. */
export interface EntryPlace {
  readonly sequence: number;
  readonly byteOffset: number;
  /** Without the newline. */
  readonly bytes: number;
  readonly hash: string;
  readonly notable: boolean;
}

/** A place in the chain from which it can be folded on. */
export interface FoldStart {
  readonly state: RolloutState | null;
  readonly sequence: number;
  readonly hash: string;
  readonly byteOffset: number;
}

/** Every how many entries a state is kept, so that an old one is a short fold away. */
const statesEvery = 128;

/** A journal's chain, folded line by line; stops at the first line that does not continue it. */
export class JournalFold {
  readonly path: string;
  readonly places: EntryPlace[] = [];
  readonly trends: TrendPoint[] = [];
  /** Entry that holds each check, by the check's number. */
  readonly checks = new Map<number, number>();
  readonly #starts: FoldStart[] = [];
  #at: FoldStart = { state: null, sequence: 0, hash: firstPreviousHash, byteOffset: 0 };
  #problem: JournalProblem | null = null;

  /** `path` names the journal in problems, relative to the workspace. */
  constructor(path: string) {
    this.path = path;
  }

  /** Where the chain ends; the offset is that of the next line. */
  get end(): FoldStart {
    return this.#at;
  }

  get problem(): JournalProblem | null {
    return this.#problem;
  }

  /** The latest kept place before an entry. */
  startBefore(sequence: number): FoldStart {
    const start = this.#starts[Math.floor((sequence - 1) / statesEvery)];
    if (start === undefined) throw new RangeError(`no entry ${sequence}`);
    return start;
  }

  /** Folds the next line, without its newline. False when it does not continue the chain; then nothing after it counts. */
  takeLine(line: Buffer): boolean {
    const decoded = decodeLine(line, this.#at.sequence + 1, this.#at.hash);
    if (!decoded.ok) {
      this.stop(decoded, line);
      return false;
    }
    try {
      this.takeEntry(decoded.entry, line.length);
      return true;
    } catch (error) {
      // The line is what somebody wrote, but not what a rollout can be: only another program can have made it.
      this.stop({ expected: "events that follow from those before", found: (error as Error).message }, line);
      return false;
    }
  }

  /** What the next entry comes to, to be taken once its line is on disk. Throws what `evolve` throws. */
  fold(entry: JournalEntry): FoldedEntry {
    return foldEvents(this.#at.state, entry);
  }

  /**
   * Takes an entry whose line (`bytes` long without its newline) is on disk; `folded` is what `fold` gave for it. Throws
   * what `evolve` throws, and changes nothing then.
   */
  takeEntry(entry: JournalEntry, bytes: number, folded = this.fold(entry)): void {
    const before = this.#at;
    const { state, points } = folded;
    if (before.sequence % statesEvery === 0) this.#starts.push(before);
    const { sequence, hash } = entry;
    const notable = isNotable(entry.events, before.state?.lastCheck ?? null);
    this.places.push({ sequence, byteOffset: before.byteOffset, bytes, hash, notable });
    for (const point of points) {
      this.trends.push(point);
      this.checks.set(point.check, sequence);
    }
    this.#at = { state, sequence, hash, byteOffset: before.byteOffset + bytes + 1 };
  }

  /** Says why the chain ends here. `bytes` are those of the line that does not continue it, as far as they were read. */
  stop({ expected, found }: BrokenLine, bytes: Buffer): void {
    const line = this.#at.sequence + 1;
    const { byteOffset } = this.#at;
    this.#problem = {
      message: `${this.path}, line ${line}, byte ${byteOffset}: expected ${expected}, found ${found}.`,
      record: recordOf(this.path, line, byteOffset, bytes),
    };
  }
}

/** The state after an entry, and the trend point of each check in it. */
export interface FoldedEntry {
  readonly state: RolloutState | null;
  readonly points: readonly TrendPoint[];
}

/** Folds an entry's events. Throws what `evolve` throws. */
export function foldEvents(before: RolloutState | null, { events }: JournalEntry): FoldedEntry {
  const points: TrendPoint[] = [];
  let state = before;
  for (const event of events) {
    if (event.type === "check-recorded") {
      if (state === null) throw new Error("a check of a rollout that has not started");
      points.push(trendPoint(state, event));
    }
    state = evolve(state, event);
  }
  return { state, points };
}

/** A line of a journal as it is cited: cut to 2,000 characters. */
export function recordOf(path: string, line: number, byteOffset: number, bytes: Buffer): RecordReference {
  return { path, line, byteOffset, text: bytes.toString("utf8", 0, 8_000).slice(0, 2_000) };
}
