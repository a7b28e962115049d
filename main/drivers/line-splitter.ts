import { stripVTControlCharacters } from "node:util";

const newline = 0x0a;

/** Longest line kept, in bytes; the rest of a longer one is dropped and counted. */
export const maximumLineBytes = 8_192;

const decoder = new TextDecoder();

/** A line as text: bytes that are not UTF-8 become U+FFFD, terminal control sequences and a carriage return go. */
function toText(bytes: Uint8Array, wasCut: boolean): string {
  // In streaming mode a character that the cut went through is left out rather than garbled.
  const text = decoder.decode(bytes, { stream: wasCut });
  if (wasCut) decoder.decode();
  return stripVTControlCharacters(text).replace(/\r$/, "");
}

/** Cuts a byte stream into lines, across chunk borders, with bounded memory. */
export class LineSplitter {
  #carry: Uint8Array = new Uint8Array(0);
  #skipping = false;
  droppedBytes = 0;

  /** Lines completed by these bytes; at most `maximumLines`, the newest of them. */
  push(chunk: Uint8Array, maximumLines: number): string[] {
    const bytes = this.#carry.length === 0 ? chunk : Buffer.concat([this.#carry, chunk]);
    const end = bytes.lastIndexOf(newline);
    const complete = bytes.subarray(0, end + 1);
    const first = this.#newestLinesStart(complete, maximumLines);
    const lines: string[] = [];
    let at = first;
    if (first > 0) {
      this.droppedBytes += first;
      this.#skipping = false;
    }
    while (at < complete.length) {
      const stop = complete.indexOf(newline, at);
      this.#take(complete.subarray(at, stop), lines);
      at = stop + 1;
    }
    this.#keep(bytes.subarray(end + 1));
    return lines;
  }

  /** Tells that bytes between the last and the next push were dropped: what follows starts inside a line. */
  skip(bytes: number): void {
    this.droppedBytes += bytes + this.#carry.length;
    this.#carry = new Uint8Array(0);
    this.#skipping = true;
  }

  /** The last line, when the stream did not end with a newline. */
  end(): string[] {
    const lines: string[] = [];
    if (this.#carry.length > 0) this.#take(this.#carry, lines);
    this.#carry = new Uint8Array(0);
    return lines;
  }

  #newestLinesStart(complete: Uint8Array, maximumLines: number): number {
    let at = complete.length - 1;
    for (let lines = 0; lines < maximumLines && at >= 0; lines++)
      at = at === 0 ? -1 : complete.lastIndexOf(newline, at - 1);
    return at + 1;
  }

  #take(line: Uint8Array, lines: string[]): void {
    if (this.#skipping) {
      this.droppedBytes += line.length;
      this.#skipping = false;
      return;
    }
    const cut = line.length > maximumLineBytes;
    if (cut) this.droppedBytes += line.length - maximumLineBytes;
    lines.push(`${toText(cut ? line.subarray(0, maximumLineBytes) : line, cut)}${cut ? "…" : ""}`);
  }

  #keep(rest: Uint8Array): void {
    // One byte more than a line may have is enough to know that it has to be cut.
    const kept = this.#skipping ? 0 : Math.min(rest.length, maximumLineBytes + 1);
    this.droppedBytes += rest.length - kept;
    this.#carry = rest.slice(0, kept);
  }
}
