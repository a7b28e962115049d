import { unindexedSet } from "./reason-code-sets";
import { lineStates, type LineState } from "./event-scanner";

/** What the index keeps of one line. */
export interface IndexedLine {
  readonly byteOffset: number;
  readonly bytes: number;
  readonly timestampUnixMs: number;
  readonly state: LineState;
  readonly codeSet: number;
}

/** Newest lines that can be browsed; 23 bytes each. */
const browsableLines = 1_048_576;
const firstCapacity = 1_024;

/** Columns of the newest lines of a log, by 1-based line number: a ring that grows up to `maximum` lines. */
export class EventIndex {
  readonly #maximum: number;
  #capacity = firstCapacity;
  #byteOffsets = new Float64Array(firstCapacity);
  #bytes = new Uint32Array(firstCapacity);
  #timestamps = new Float64Array(firstCapacity);
  #states = new Uint8Array(firstCapacity);
  #codeSets = new Uint16Array(firstCapacity);
  #lines = 0;
  #blankLines = 0;

  constructor(maximum = browsableLines) {
    this.#maximum = Math.max(firstCapacity, maximum);
  }

  /** Lines of the log so far: the number of the newest. */
  get lines(): number {
    return this.#lines;
  }

  /** Oldest line still held; `lines + 1` while there is none. */
  get firstLine(): number {
    return this.#lines <= this.#capacity ? 1 : this.#lines - this.#capacity + 1;
  }

  /** Whether a blank line was ever added: then line numbers and rows do not run in step. */
  get hasBlankLines(): boolean {
    return this.#blankLines > 0;
  }

  push(byteOffset: number, bytes: number, timestampUnixMs: number, state: LineState, codeSet: number): void {
    if (this.#lines === this.#capacity && this.#capacity < this.#maximum) this.#grow();
    const slot = this.#lines % this.#capacity;
    this.#byteOffsets[slot] = byteOffset;
    this.#bytes[slot] = bytes;
    this.#timestamps[slot] = timestampUnixMs;
    this.#states[slot] = state;
    this.#codeSets[slot] = codeSet;
    if (state === lineStates.blank) this.#blankLines += 1;
    this.#lines += 1;
  }

  /** The columns of a line, or null when it is not held. */
  at(line: number): IndexedLine | null {
    if (line < this.firstLine || line > this.#lines) return null;
    const slot = (line - 1) % this.#capacity;
    return {
      byteOffset: this.#byteOffsets[slot] ?? 0,
      bytes: this.#bytes[slot] ?? 0,
      timestampUnixMs: this.#timestamps[slot] ?? 0,
      state: (this.#states[slot] ?? lineStates.other) as LineState,
      codeSet: this.#codeSets[slot] ?? unindexedSet,
    };
  }

  /** Calls `visit` for the lines `from`…`to` that are held, oldest first, without making an object per line. */
  scan(
    from: number,
    to: number,
    visit: (line: number, timestampUnixMs: number, state: number, codeSet: number) => void,
  ): void {
    for (let line = Math.max(from, this.firstLine); line <= Math.min(to, this.#lines); line += 1) {
      const slot = (line - 1) % this.#capacity;
      visit(line, this.#timestamps[slot] ?? 0, this.#states[slot] ?? 0, this.#codeSets[slot] ?? unindexedSet);
    }
  }

  #grow(): void {
    // Only ever called before the ring wraps, so slots keep their meaning.
    this.#capacity = Math.min(this.#maximum, this.#capacity * 2);
    this.#byteOffsets = grown(this.#byteOffsets, new Float64Array(this.#capacity));
    this.#bytes = grown(this.#bytes, new Uint32Array(this.#capacity));
    this.#timestamps = grown(this.#timestamps, new Float64Array(this.#capacity));
    this.#states = grown(this.#states, new Uint8Array(this.#capacity));
    this.#codeSets = grown(this.#codeSets, new Uint16Array(this.#capacity));
  }
}

/** Copies a column into a longer one. */
function grown<Column extends Float64Array | Uint32Array | Uint16Array | Uint8Array>(
  from: Column,
  to: Column,
): Column {
  to.set(from);
  return to;
}
