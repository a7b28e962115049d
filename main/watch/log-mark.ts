import { BridgeError } from "#contract/envelope";
import type { SurfaceId } from "#contract/identity";
import type { Clock } from "#domain/clock";
import type { MarkFacts } from "#domain/reading/mark-view";
import type { LogFollower } from "./log-follower";
import { readMark, writeMark, type Mark } from "./marks";

/** The operator's mark in one log, on disk before it is in force. */
export class LogMark {
  readonly #workspacePath: string;
  readonly #surface: SurfaceId;
  readonly #log: LogFollower;
  readonly #clock: Clock;
  #mark: Mark | null = null;
  /** Generation the mark belongs to, as far as is known. */
  #generation = 0;
  /** Set for a mark of an earlier run: only the log's beginning can tell whether it is still the same log. */
  #fromEarlierRun = false;

  constructor(workspacePath: string, surface: SurfaceId, log: LogFollower, clock: Clock) {
    this.#workspacePath = workspacePath;
    this.#surface = surface;
    this.#log = log;
    this.#clock = clock;
  }

  /** Takes up the mark an earlier run left; a marks file that cannot be trusted counts as no mark until one is set. */
  async load(): Promise<void> {
    try {
      this.#mark = await readMark(this.#workspacePath, this.#surface);
    } catch (error) {
      if (!(error instanceof BridgeError)) throw error;
      this.#mark = null;
    }
    this.#generation = this.#log.generation;
    this.#fromEarlierRun = true;
  }

  async set(): Promise<void> {
    const { fold, generation, head, position } = this.#log;
    const mark: Mark = {
      setUnixMs: this.#clock.nowUnixMs(),
      afterLine: fold.lines,
      afterByte: position,
      head: head.toString("base64"),
      counts: Object.fromEntries(fold.reasonCodeCounts()),
    };
    await writeMark(this.#workspacePath, this.#surface, mark);
    this.#mark = mark;
    this.#generation = generation;
    this.#fromEarlierRun = false;
  }

  async clear(): Promise<void> {
    await writeMark(this.#workspacePath, this.#surface, null);
    this.#mark = null;
  }

  /** The mark, and whether the log followed now is still the one it was set in. */
  facts(): MarkFacts | null {
    const mark = this.#mark;
    if (mark === null) return null;
    const { setUnixMs, afterLine, counts } = mark;
    return { setUnixMs, afterLine, counts, invalidated: this.#isInvalidated(mark) };
  }

  #isInvalidated(mark: Mark): boolean {
    const log = this.#log;
    if (this.#generation !== log.generation) return true;
    // Until the log has been read as far as the mark, nothing can be said against it.
    if (!this.#fromEarlierRun || !log.isCaughtUp) return false;
    const head = Buffer.from(mark.head, "base64");
    return log.position < mark.afterByte || !log.head.subarray(0, head.length).equals(head);
  }
}
