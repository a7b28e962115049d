import { isUtf8 } from "node:buffer";
import type { FileHandle } from "node:fs/promises";
import { setImmediate as yieldToOthers } from "node:timers/promises";
import type { Clock } from "#domain/clock";
import type { SourceFacts, SourceSight } from "#domain/freshness";
import { EventFold, maximumLineBytes, maximumRecordText } from "#domain/fold/event-fold";
import { lookAtFile, openForReading, readFully, type OpenedFile } from "./file-identity";
import { describeFileError } from "./file-problem";

const chunkBytes = 262_144;
const fingerprintBytes = 256;
const newline = 0x0a;

const decode = (bytes: Uint8Array, start: number, end: number): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString("utf8");

/** A line too long to hold: its beginning is kept, the rest is skipped until its newline comes. */
interface SkippedLine {
  readonly start: number;
  readonly head: string;
}

/**
 * Follows one append-only log and folds each new line once. A file that is not the one read so far (another inode,
 * shorter, or other bytes at its beginning or just before where reading stopped) begins a new generation.
 */
export class LogFollower {
  readonly path: string;
  readonly #shownPath: string;
  readonly #clock: Clock;
  readonly #onProgress: () => void;
  fold: EventFold;
  generation = 0;
  /** Size of the file when last looked at. */
  bytes = 0;
  /** Set while there is much to catch up with. */
  progress: { readBytes: number; totalBytes: number } | null = null;
  /** First bytes of the file, by which it is known again after a restart. */
  head: Buffer = Buffer.alloc(0);
  #tail: Buffer = Buffer.alloc(0);
  #inode = "";
  #signature = "";
  /** Where the next unread line (or the rest of a skipped one) begins. */
  #position = 0;
  #skipped: SkippedLine | null = null;
  #sight: SourceSight = { kind: "absent" };
  #seen = false;
  #modifiedUnixMs = 0;
  #readUnixMs: number | null = null;
  #stopped = false;

  constructor(path: string, shownPath: string, clock: Clock, onProgress: () => void) {
    this.path = path;
    this.#shownPath = shownPath;
    this.#clock = clock;
    this.#onProgress = onProgress;
    this.fold = new EventFold(shownPath, decode);
  }

  /** Identity of the file the fold belongs to. */
  get inode(): string {
    return this.#inode;
  }

  /** Whether the whole file has been read at least once and nothing is known to be missing. */
  get isCaughtUp(): boolean {
    return this.#readUnixMs !== null && this.progress === null;
  }

  /** Bytes of whole lines read so far. */
  get position(): number {
    return this.#position;
  }

  stop(): void {
    this.#stopped = true;
  }

  source(staleAfterMs: number): SourceFacts {
    const { firstNotUtf8, lastCycle } = this.fold;
    // The reference fails its whole inspection on a byte that is not UTF-8 (spec/tau/health.md §4). The other lines
    // are folded and shown all the same, but the log counts as unreadable until it is mended or replaced.
    const sight: SourceSight =
      this.#sight.kind === "read" && firstNotUtf8 !== null
        ? {
            kind: "problem",
            problem: `line ${firstNotUtf8.line} at byte ${firstNotUtf8.byteOffset} is not UTF-8 text`,
          }
        : this.#sight;
    return {
      path: this.#shownPath,
      sight,
      writtenUnixMs: this.#readUnixMs === null ? null : lastCycle?.timestampUnixMs || this.#modifiedUnixMs,
      readUnixMs: this.#readUnixMs,
      seen: this.#seen,
      staleAfterMs,
    };
  }

  /** Looks whether the file changed and reads what is new. Returns whether there is news. Never rejects. */
  async look(): Promise<boolean> {
    const look = await lookAtFile(this.path);
    if (look.signature === this.#signature) return false;
    this.#signature = look.signature;
    const opened = await openForReading(this.path, look);
    if (opened.kind === "absent") {
      if (this.#inode !== "") this.#begin("", 0);
      this.#sight = { kind: "absent" };
      return true;
    }
    this.#seen = true;
    if (opened.kind === "problem") {
      this.#sight = { kind: "problem", problem: opened.problem };
      return true;
    }
    try {
      await this.#follow(opened.file);
      this.#sight = { kind: "read" };
      this.#readUnixMs = this.#clock.nowUnixMs();
    } catch (error) {
      this.#sight = { kind: "problem", problem: describeFileError(error) };
      this.#signature = "";
    } finally {
      this.progress = null;
      await opened.file.handle.close();
    }
    return true;
  }

  /** Forgets everything of the file before: line numbers start again. */
  #begin(inode: string, size: number): void {
    if (this.#inode !== "") this.generation += 1;
    this.fold = new EventFold(this.#shownPath, decode);
    this.#inode = inode;
    this.bytes = size;
    this.#position = 0;
    this.#skipped = null;
    this.head = Buffer.alloc(0);
    this.#tail = Buffer.alloc(0);
  }

  async #follow(file: OpenedFile): Promise<void> {
    if (file.inode !== this.#inode || file.size < this.#position || !(await this.#isSameContent(file.handle)))
      this.#begin(file.inode, file.size);
    this.bytes = file.size;
    this.#modifiedUnixMs = file.modifiedUnixMs;
    let size = file.size;
    let buffer = Buffer.allocUnsafe(Math.min(chunkBytes, Math.max(4_096, size - this.#position)));
    let held = 0;
    while (!this.#stopped) {
      if (held === buffer.length)
        buffer = Buffer.concat([buffer], Math.min(buffer.length * 4, maximumLineBytes + 1));
      const wanted = Math.min(buffer.length - held, Math.max(0, size - this.#position - held));
      const read =
        wanted === 0 ? 0 : await readFully(file.handle, buffer, held, wanted, this.#position + held);
      if (read === 0) {
        const now = await file.handle.stat();
        if (now.size <= this.#position + held) {
          if (now.size < this.#position) this.#signature = "";
          this.bytes = now.size;
          break;
        }
        size = now.size;
        this.bytes = size;
        if (buffer.length < chunkBytes && size - this.#position > buffer.length)
          buffer = Buffer.concat([buffer], Math.min(chunkBytes, size - this.#position));
        continue;
      }
      held += read;
      const consumed = await this.#take(buffer.subarray(0, held));
      if (consumed > 0) {
        this.#keepFingerprint(buffer, consumed);
        buffer.copyWithin(0, consumed, held);
        held -= consumed;
        this.#position += consumed;
      } else if (held > maximumLineBytes) {
        this.#skipped = { start: this.#position, head: decode(buffer, 0, maximumRecordText * 3) };
        this.#keepFingerprint(buffer, held);
        this.#position += held;
        held = 0;
      }
      this.progress =
        size - this.#position > chunkBytes ? { readBytes: this.#position, totalBytes: size } : null;
      this.#onProgress();
    }
  }

  /** Whether the bytes already folded still stand in the file, judged by its first and by the last that were read. */
  async #isSameContent(handle: FileHandle): Promise<boolean> {
    const tailStart = this.#position - this.#tail.length;
    const now = Buffer.alloc(this.head.length + this.#tail.length);
    const read =
      (await readFully(handle, now, 0, this.head.length, 0)) +
      (await readFully(handle, now, this.head.length, this.#tail.length, tailStart));
    return read === now.length && now.equals(Buffer.concat([this.head, this.#tail]));
  }

  /** Remembers the file's first bytes and the last that are folded, from the very bytes that are. */
  #keepFingerprint(buffer: Buffer, consumed: number): void {
    const missing = fingerprintBytes - this.head.length;
    if (this.head.length === this.#position && missing > 0)
      this.head = Buffer.concat([this.head, buffer.subarray(0, Math.min(missing, consumed))]);
    this.#tail = Buffer.from(buffer.subarray(Math.max(0, consumed - fingerprintBytes), consumed));
  }

  /** Folds the whole lines at the beginning of `bytes`; returns how many bytes they took. */
  async #take(bytes: Buffer): Promise<number> {
    let start = 0;
    if (this.#skipped !== null) {
      const end = bytes.indexOf(newline);
      const { start: lineStart, head } = this.#skipped;
      if (end < 0) return bytes.length;
      this.fold.unreadableLine(head, this.#position + end - lineStart, lineStart, "too-long");
      this.#skipped = null;
      start = end + 1;
    }
    const end = bytes.lastIndexOf(newline) + 1;
    if (end <= start) return start;
    if (isUtf8(bytes.subarray(start, end))) await this.#foldText(bytes, start, end);
    else await this.#foldMixed(bytes, start, end);
    return end;
  }

  async #foldText(bytes: Buffer, start: number, end: number): Promise<void> {
    for (let at = start; at < end;) {
      at = this.fold.region(bytes, at, end, this.#position + at);
      if (at < end) await yieldToOthers();
    }
  }

  /** Lines among which some are not UTF-8: those count as invalid, the others as they are. */
  async #foldMixed(bytes: Buffer, start: number, end: number): Promise<void> {
    let textStart = start;
    let lines = 0;
    for (let at = start; at < end;) {
      const lineEnd = bytes.indexOf(newline, at);
      if (!isUtf8(bytes.subarray(at, lineEnd))) {
        await this.#foldText(bytes, textStart, at);
        const head = decode(bytes, at, Math.min(lineEnd, at + maximumRecordText));
        this.fold.unreadableLine(head, lineEnd - at, this.#position + at, "not-utf8");
        textStart = lineEnd + 1;
      }
      lines += 1;
      if (lines % 2_000 === 0) await yieldToOthers();
      at = lineEnd + 1;
    }
    await this.#foldText(bytes, textStart, end);
  }
}
