import type { Readable } from "node:stream";
import { LineSplitter } from "./line-splitter";

/** How often lines are cut and handed on. */
export const drainEveryMs = 50;

/** Newest bytes held between two drains; what a run prints faster than this is dropped unread. */
const pendingBytes = 262_144;

/** Bytes taken from the pipe between two drains. A faster run has to wait for its pipe, and the window does not. */
const readBytesPerDrain = 4_194_304;

/**
 * Drains one pipe of a run. Bytes are only collected as they come; lines are cut on a timer, so that a run that
 * floods costs a bounded slice of each interval and never more memory than `pendingBytes`.
 */
export class StreamDrain {
  readonly #stream: Readable;
  readonly #splitter = new LineSplitter();
  readonly #maximumLines: number;
  #chunks: Buffer[] = [];
  #held = 0;
  #read = 0;
  #skipped = 0;

  constructor(stream: Readable, maximumLines: number) {
    this.#stream = stream;
    this.#maximumLines = maximumLines;
    stream.on("data", (chunk: Buffer) => this.#collect(chunk));
    // A pipe that breaks ends the output, nothing more; the run's own end tells what happened.
    stream.on("error", () => undefined);
  }

  get droppedBytes(): number {
    return this.#splitter.droppedBytes;
  }

  /** Lines completed since the last call. */
  take(): string[] {
    const bytes = Buffer.concat(this.#chunks);
    if (this.#skipped > 0) this.#splitter.skip(this.#skipped);
    this.#chunks = [];
    this.#held = 0;
    this.#skipped = 0;
    this.#read = 0;
    if (this.#stream.isPaused()) this.#stream.resume();
    return this.#splitter.push(bytes, this.#maximumLines);
  }

  /** What is left when the stream has ended. */
  finish(): string[] {
    return [...this.take(), ...this.#splitter.end()];
  }

  #collect(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#held += chunk.length;
    this.#read += chunk.length;
    while (this.#held > pendingBytes && this.#chunks.length > 1) {
      const oldest = this.#chunks.shift() as Buffer;
      this.#held -= oldest.length;
      this.#skipped += oldest.length;
    }
    if (this.#read >= readBytesPerDrain) this.#stream.pause();
  }
}
