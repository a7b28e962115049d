import { BridgeError } from "#contract/envelope";
import type { EventRow, ParsedInput, RequestOutput } from "#contract/requests";
import { isUnrestricted, MatchList } from "#domain/fold/event-filter";
import type { EventFold } from "#domain/fold/event-fold";
import { maximumLineBytes } from "#domain/fold/event-fold";
import { readRows, type LinePlace } from "./event-rows";
import type { LogFollower } from "./log-follower";

/** Filters whose matches are kept: an operator looks through one or two at a time. */
const keptFilters = 4;

/** Answers questions about the lines of a followed log: columns from memory, text from disk. */
export class EventBrowser {
  readonly #log: LogFollower;
  readonly #look: () => Promise<unknown>;
  #fold: EventFold | null = null;
  readonly #matches = new Map<string, MatchList>();

  /** `look` makes the follower look at its file at once. */
  constructor(log: LogFollower, look: () => Promise<unknown>) {
    this.#log = log;
    this.#look = look;
  }

  async events(input: ParsedInput<"surface.events">): Promise<RequestOutput<"surface.events">> {
    try {
      return await this.#events(input);
    } catch (error) {
      if (!(error instanceof BridgeError) || error.code !== "conflict") throw error;
      // The file was replaced since the follower last looked: look now, then answer from the new one.
      await this.#look();
      return this.#events(input);
    }
  }

  async event(input: ParsedInput<"surface.event">): Promise<EventRow> {
    if (input.generation !== this.#log.generation)
      throw new BridgeError(
        "conflict",
        "The log was truncated, rotated or replaced since; its lines are gone.",
      );
    const place = this.#place(this.#log.fold, input.line);
    if (place === null)
      throw new BridgeError(
        "not_found",
        `Line ${input.line} cannot be browsed; lines ${this.#log.fold.index.firstLine} to ${this.#log.fold.lines} can.`,
      );
    const [row] = await readRows(this.#log.path, this.#log.inode, [place], maximumLineBytes);
    if (row === undefined) throw new BridgeError("not_found", `Line ${input.line} cannot be read.`);
    return row;
  }

  async #events(input: ParsedInput<"surface.events">): Promise<RequestOutput<"surface.events">> {
    const { fold, generation, inode, path } = this.#log;
    const { index } = fold;
    let lines: number[];
    let matching: number;
    if (isUnrestricted(input.filter) && !index.hasBlankLines) {
      matching = index.lines - index.firstLine + 1;
      const newest = index.lines - input.offset;
      const oldest = Math.max(index.firstLine, newest - input.limit + 1);
      lines = Array.from({ length: Math.max(0, newest - oldest + 1) }, (_, at) => newest - at);
    } else {
      const matches = this.#matchesOf(input, fold);
      matching = matches.matching;
      lines = matches.window(input.offset, input.limit);
    }
    const places = lines.map((line) => this.#place(fold, line)).filter((place) => place !== null);
    return {
      generation,
      lines: fold.lines,
      matching,
      firstBrowsableLine: index.firstLine,
      rows: await readRows(path, inode, places),
    };
  }

  #matchesOf(input: ParsedInput<"surface.events">, fold: EventFold): MatchList {
    if (fold !== this.#fold) {
      this.#matches.clear();
      this.#fold = fold;
    }
    const key = JSON.stringify(input.filter);
    const matches = this.#matches.get(key) ?? new MatchList(input.filter);
    // Put last again: the first one is the one not asked for the longest.
    this.#matches.delete(key);
    this.#matches.set(key, matches);
    const oldest = this.#matches.keys().next();
    if (this.#matches.size > keptFilters && oldest.done !== true) this.#matches.delete(oldest.value);
    matches.update(fold.index, fold.sets);
    return matches;
  }

  #place(fold: EventFold, line: number): LinePlace | null {
    const indexed = fold.index.at(line);
    return indexed === null ? null : { line, byteOffset: indexed.byteOffset, bytes: indexed.bytes };
  }
}
