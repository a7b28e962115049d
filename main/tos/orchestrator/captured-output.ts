import type { Readable } from "node:stream";
import { unifyLineEnds } from "#domain/tos/orchestration/python-whitespace";

/** Bytes of one stream that are kept and shown; what is printed beyond them is counted. */
export const keptBytes = 1_048_576;

/** Bytes taken from a pipe between two drains. A faster command has to wait for its pipe, and the console does not. */
const readBytesPerDrain = 4_194_304;

/** Characters of one piece of live output. */
const pieceLength = 65_536;

/** Keeps the head of one pipe of a command for the record, and hands the same on piece by piece while it comes. */
export class CapturedOutput {
  readonly #stream: Readable;
  readonly #live: InstanceType<typeof TextDecoder>;
  readonly #chunks: Uint8Array[] = [];
  #kept = 0;
  #dropped = 0;
  #readSinceDrain = 0;
  #pending = "";

  constructor(stream: Readable, encoding: string) {
    this.#stream = stream;
    this.#live = new TextDecoder(encoding, { ignoreBOM: true });
    stream.on("data", (bytes: Uint8Array) => this.#add(bytes));
    // A pipe that breaks ends the output, nothing more; the command's own end tells what happened.
    stream.on("error", () => undefined);
  }

  get droppedBytes(): number {
    return this.#dropped;
  }

  /** What came since the last call, as far as it is kept; bytes that are no text in the first encoding show as U+FFFD. */
  drain(): string[] {
    const text = this.#pending;
    this.#pending = "";
    this.#readSinceDrain = 0;
    if (this.#stream.isPaused()) this.#stream.resume();
    const pieces: string[] = [];
    for (let at = 0; at < text.length; at += pieceLength) pieces.push(text.slice(at, at + pieceLength));
    return pieces;
  }

  /**
   * All that was kept, decoded strictly in the first of `encodings` that fits; null when none does. A character that the
   * limit went through is left out.
   */
  text(encodings: readonly string[]): string | null {
    const bytes = this.bytes();
    for (const encoding of encodings) {
      try {
        const decoder = new TextDecoder(encoding, { fatal: true, ignoreBOM: true });
        return unifyLineEnds(decoder.decode(bytes, { stream: this.#dropped > 0 }));
      } catch {
        // The next encoding may fit.
      }
    }
    return null;
  }

  bytes(): Uint8Array {
    return Buffer.concat(this.#chunks);
  }

  #add(bytes: Uint8Array): void {
    const head = bytes.subarray(0, keptBytes - this.#kept);
    if (head.length > 0) {
      this.#chunks.push(head);
      this.#pending += this.#live.decode(head, { stream: true });
    }
    this.#kept += head.length;
    this.#dropped += bytes.length - head.length;
    this.#readSinceDrain += bytes.length;
    if (this.#readSinceDrain >= readBytesPerDrain) this.#stream.pause();
  }
}
