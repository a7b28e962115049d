import type { CycleFigures, RecordReference } from "#contract/reading";
import { compareBytes } from "../text";
import { CycleHistory } from "./cycle-history";
import { EventIndex } from "./event-index";
import { countOf, cycleFigures, readEventLine, shownCodes } from "./event-line";
import { EventScanner, historyKeys, lineStateOf, lineStates, type LineState } from "./event-scanner";
import { countedCodes, ReasonCodeSets, unindexedSet } from "./reason-code-sets";

/** Decodes a range of bytes that is known to be UTF-8, or replaces what is not. */
export type DecodeBytes = (bytes: Uint8Array, start: number, end: number) => string;

/** Longest line that is read; a longer one counts as invalid, so that a log cannot fill the memory. */
export const maximumLineBytes = 1_048_576;
/** Text kept of a record that is shown. */
export const maximumRecordText = 2_000;
/** UTF-8 takes at most three bytes per UTF-16 unit. */
const maximumRecordBytes = maximumRecordText * 3 + 3;

/** Codes beyond these bounds are counted together, so that a hostile log cannot fill the memory. */
const maximumLooseCodes = 1_000;
const maximumLooseCodeLength = 200;
export const otherCodes = "(other codes)";

/** Lines that take the careful path are slow; this many end a slice (a few milliseconds). */
const carefulLinesPerSlice = 300;
const carefulBytesPerSlice = 131_072;
const newline = 0x0a;

/** A line remembered by its place; its text is decoded once per slice, not once per line. */
interface Place {
  readonly line: number;
  readonly byteOffset: number;
}

/**
 * Running fold of one event log (spec/tau/health.md §4): feed it the file's bytes in order, whole lines at a time.
 * It accumulates in place, because a log has millions of lines; given the same bytes it always holds the same result,
 * however they were cut into regions.
 */
export class EventFold {
  readonly #decode: DecodeBytes;
  readonly #scanner = new EventScanner();
  readonly #noFigures = new Float64Array(historyKeys.length);
  readonly sets = new ReasonCodeSets();
  readonly index: EventIndex;
  readonly history: CycleHistory;
  readonly path: string;
  #setCounts = new Float64Array(64);
  readonly #looseCounts = new Map<string, number>();
  #emptySet = -1;
  #timestamp = 0;

  cycles = 0;
  invalidLines = 0;
  firstInvalid: RecordReference | null = null;
  lastInvalid: RecordReference | null = null;
  /** First line that is not UTF-8: the reference refuses the whole log because of it. */
  firstNotUtf8: RecordReference | null = null;
  lastReasonCodes: readonly string[] = [];
  lastHealthReason = "";
  lastCycle: CycleFigures | null = null;
  lastCycleRecord: RecordReference | null = null;

  constructor(
    path: string,
    decode: DecodeBytes,
    bounds: { readonly browsableLines?: number; readonly historyCycles?: number } = {},
  ) {
    this.path = path;
    this.#decode = decode;
    this.index = new EventIndex(bounds.browsableLines);
    this.history = new CycleHistory(bounds.historyCycles);
  }

  get lines(): number {
    return this.index.lines;
  }

  /**
   * Folds the whole lines in `bytes[start, end)`: UTF-8, the byte before `end` is a newline. `byteOffset` is where
   * `start` stands in the file. Returns where it stopped: before `end` when the slice got long and the caller should
   * let others run first.
   */
  region(bytes: Uint8Array, start: number, end: number, byteOffset: number): number {
    const scanner = this.#scanner;
    let at = start;
    let careful = 0;
    let carefulBytes = 0;
    let lastValid = -1;
    let lastValidEnd = -1;
    let lastInvalid = -1;
    let lastInvalidEnd = -1;
    let validLine = 0;
    let invalidLine = 0;
    while (at < end && careful < carefulLinesPerSlice && carefulBytes < carefulBytesPerSlice) {
      if (bytes[at] === newline) {
        this.index.push(byteOffset + at - start, 0, this.#timestamp, lineStates.blank, unindexedSet);
        at += 1;
        continue;
      }
      const lineEnd = scanner.scan(bytes, at);
      if (lineEnd >= 0) {
        this.#timestamp = scanner.timestampUnixMs;
        const set = this.#scannedSet(bytes);
        if (set === unindexedSet)
          this.#countLoose(this.#parseCodes(bytes, scanner.codesStart, scanner.codesEnd));
        else this.#setCounts[set] = (this.#setCounts[set] ?? 0) + 1;
        this.cycles += 1;
        this.index.push(byteOffset + at - start, lineEnd - at, scanner.timestampUnixMs, scanner.state, set);
        this.history.push(scanner.timestampUnixMs, scanner.state, scanner.figures);
        lastValid = at;
        lastValidEnd = lineEnd;
        validLine = this.index.lines;
        at = lineEnd + 1;
        continue;
      }
      const nextNewline = bytes.indexOf(newline, at);
      const kind = this.#careful(bytes, at, nextNewline, byteOffset + at - start);
      if (kind === "valid") {
        lastValid = at;
        lastValidEnd = nextNewline;
        validLine = this.index.lines;
      } else if (kind === "invalid") {
        lastInvalid = at;
        lastInvalidEnd = nextNewline;
        invalidLine = this.index.lines;
      }
      careful += 1;
      carefulBytes += nextNewline - at;
      at = nextNewline + 1;
    }
    if (lastInvalid >= 0)
      this.lastInvalid = this.#reference(bytes, lastInvalid, lastInvalidEnd, {
        line: invalidLine,
        byteOffset: byteOffset + lastInvalid - start,
      });
    if (lastValid >= 0)
      this.#keepLastCycle(bytes, lastValid, lastValidEnd, {
        line: validLine,
        byteOffset: byteOffset + lastValid - start,
      });
    return at;
  }

  /** Counts a line that cannot be read at all; `head` is its beginning, `bytes` its length without the newline. */
  unreadableLine(head: string, bytes: number, byteOffset: number, problem: "not-utf8" | "too-long"): void {
    this.invalidLines += 1;
    this.index.push(byteOffset, bytes, this.#timestamp, lineStates.invalid, unindexedSet);
    const record: RecordReference = {
      path: this.path,
      line: this.index.lines,
      byteOffset,
      text: head.slice(0, maximumRecordText),
    };
    this.firstInvalid ??= record;
    this.lastInvalid = record;
    if (problem === "not-utf8") this.firstNotUtf8 ??= record;
  }

  /** Occurrences per reason code so far, keys in byte order (spec/tau/health.md §4). */
  reasonCodeCounts(): Map<string, number> {
    const counts = new Map<string, number>(this.#looseCounts);
    for (let id = 0; id < this.sets.size; id += 1) {
      const times = this.#setCounts[id] ?? 0;
      if (times === 0) continue;
      for (const code of this.sets.at(id)?.counted ?? []) counts.set(code, (counts.get(code) ?? 0) + times);
    }
    return new Map([...counts].sort(([left], [right]) => compareBytes(left, right)));
  }

  #scannedSet(bytes: Uint8Array): number {
    const { codesStart, codesEnd, codesHash } = this.#scanner;
    if (codesStart < 0) {
      if (this.#emptySet < 0) this.#emptySet = this.#setOf([]);
      return this.#emptySet;
    }
    const known = this.sets.find(bytes, codesStart, codesEnd, codesHash);
    if (known >= 0) return known;
    const id = this.#setOf(this.#parseCodes(bytes, codesStart, codesEnd));
    this.sets.learn(bytes.subarray(codesStart, codesEnd), codesHash, id);
    return id;
  }

  #parseCodes(bytes: Uint8Array, start: number, end: number): string[] {
    return JSON.parse(this.#decode(bytes, start, end)) as string[];
  }

  #setOf(codes: readonly string[]): number {
    const id = this.sets.idOf(codes);
    if (id !== unindexedSet && id >= this.#setCounts.length) {
      const longer = new Float64Array(this.#setCounts.length * 2);
      longer.set(this.#setCounts);
      this.#setCounts = longer;
    }
    return id;
  }

  #countLoose(codes: readonly string[]): void {
    for (const code of countedCodes(codes)) {
      const known = this.#looseCounts.has(code);
      const kept =
        known || (this.#looseCounts.size < maximumLooseCodes && code.length <= maximumLooseCodeLength);
      const key = kept ? code : otherCodes;
      this.#looseCounts.set(key, (this.#looseCounts.get(key) ?? 0) + 1);
    }
  }

  #careful(bytes: Uint8Array, start: number, end: number, byteOffset: number): "valid" | "invalid" | "blank" {
    const line = readEventLine(this.#decode(bytes, start, end));
    const length = end - start;
    if (line.kind === "blank") {
      this.index.push(byteOffset, length, this.#timestamp, lineStates.blank, unindexedSet);
      return "blank";
    }
    if (line.kind === "invalid") {
      this.invalidLines += 1;
      this.index.push(byteOffset, length, this.#timestamp, lineStates.invalid, unindexedSet);
      this.firstInvalid ??= this.#reference(bytes, start, end, { line: this.index.lines, byteOffset });
      return "invalid";
    }
    const set = this.#setOf(line.reasonCodes);
    if (set === unindexedSet) this.#countLoose(line.reasonCodes);
    else this.#setCounts[set] = (this.#setCounts[set] ?? 0) + 1;
    this.cycles += 1;
    this.#timestamp = countOf(line.record["timestamp_unix_ms"]);
    const state: LineState = lineStateOf(line.record["health_state"]);
    historyKeys.forEach((key, column) => (this.#noFigures[column] = countOf(line.record[key])));
    this.index.push(byteOffset, length, this.#timestamp, state, set);
    this.history.push(this.#timestamp, state, this.#noFigures);
    return "valid";
  }

  #keepLastCycle(bytes: Uint8Array, start: number, end: number, place: Place): void {
    const line = readEventLine(this.#decode(bytes, start, end));
    if (line.kind !== "valid")
      throw new Error(`line ${place.line} of ${this.path} was valid and no longer is`);
    this.lastReasonCodes = shownCodes(line.reasonCodes);
    this.lastCycle = cycleFigures(line);
    this.lastHealthReason = this.lastCycle.healthReason;
    this.lastCycleRecord = this.#reference(bytes, start, end, place);
  }

  #reference(bytes: Uint8Array, start: number, end: number, place: Place): RecordReference {
    const text = this.#decode(bytes, start, Math.min(end, start + maximumRecordBytes));
    return { path: this.path, ...place, text: text.slice(0, maximumRecordText).replace(/\r$/u, "") };
  }
}
