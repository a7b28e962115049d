import type { OutputLine } from "#contract/driver";

/** Lines and bytes kept of one run; older ones make room for newer ones. */
export const keptLines = 2_000;
const keptBytes = 1_048_576;

/** The newest lines a run has printed, numbered from 1. */
export class RunOutput {
  readonly #lines: OutputLine[] = [];
  #bytes = 0;
  /** Lines seen, kept or not. */
  count = 0;
  /** Bytes of lines that had to make room. */
  evictedBytes = 0;

  /** Keeps the lines and returns them numbered. */
  add(stream: "stdout" | "stderr", texts: readonly string[], unixMs: number): OutputLine[] {
    const added = texts.map((text): OutputLine => ({ number: ++this.count, stream, text, unixMs }));
    this.#lines.push(...added);
    for (const { text } of added) this.#bytes += Buffer.byteLength(text);
    let surplus = 0;
    while (this.#lines.length - surplus > keptLines || this.#bytes > keptBytes) {
      const size = Buffer.byteLength(this.#lines[surplus]?.text ?? "");
      this.#bytes -= size;
      this.evictedBytes += size;
      surplus++;
    }
    this.#lines.splice(0, surplus);
    return added;
  }

  /** Kept lines after a number, oldest first. */
  after(number: number): readonly OutputLine[] {
    return this.#lines.filter((line) => line.number > number);
  }

  /** The newest kept line of a stream that says anything; empty when there is none. */
  lastText(stream: "stdout" | "stderr"): string {
    return (
      this.#lines.findLast((line) => line.stream === stream && line.text.trim() !== "")?.text.trim() ?? ""
    );
  }
}
