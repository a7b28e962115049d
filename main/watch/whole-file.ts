import { isUtf8 } from "node:buffer";
import { setTimeout as delay } from "node:timers/promises";
import type { Clock } from "#domain/clock";
import type { SourceFacts, SourceSight } from "#domain/freshness";
import { maximumRecordText } from "#domain/fold/event-fold";
import type { ParsedFile } from "#domain/reading/state-file";
import { lookAtFile, openForReading, readFully, type FileLook } from "./file-identity";
import { describeFileError } from "./file-problem";

/** Largest file that is read whole. A state file holds at most some thousands of keys and records. */
const maximumWholeFileBytes = 16 * 1_048_576;
/** A writer that does not replace its file atomically is given this long to finish before its text is judged. */
const halfWrittenGraceMs = 40;

/** Follows a small file that is always read whole: a `state.json` or a summary. */
export class WholeFileFollower<Facts> {
  readonly path: string;
  readonly #shownPath: string;
  readonly #parse: (text: string) => ParsedFile<Facts>;
  readonly #writtenOf: (facts: Facts) => number;
  readonly #clock: Clock;
  #signature = "";
  #sight: SourceSight = { kind: "absent" };
  #seen = false;
  #writtenUnixMs: number | null = null;
  #readUnixMs: number | null = null;
  #facts: Facts | null = null;
  #excerpt = "";
  #restUntilMs = 0;

  /** `writtenOf` gives the time the file says it was written, 0 when it does not (then its modification time counts). */
  constructor(
    path: string,
    shownPath: string,
    parse: (text: string) => ParsedFile<Facts>,
    writtenOf: (facts: Facts) => number,
    clock: Clock,
  ) {
    this.path = path;
    this.#shownPath = shownPath;
    this.#parse = parse;
    this.#writtenOf = writtenOf;
    this.#clock = clock;
  }

  /** Last good content; kept when the file has since gone bad. */
  get facts(): Facts | null {
    return this.#facts;
  }

  /** Beginning of the text last read, whether it could be used or not. */
  get excerpt(): string {
    return this.#excerpt;
  }

  source(staleAfterMs: number): SourceFacts {
    return {
      path: this.#shownPath,
      sight: this.#sight,
      writtenUnixMs: this.#writtenUnixMs,
      readUnixMs: this.#readUnixMs,
      seen: this.#seen,
      staleAfterMs,
    };
  }

  /** Looks whether the file changed and reads it if so. Returns whether there is news. Never rejects. */
  async look(): Promise<boolean> {
    let look: FileLook | undefined = await lookAtFile(this.path);
    if (look.signature === this.#signature) return false;
    // Whoever rewrites a large file without pause gets a tenth of the time, not all of it.
    const rest = this.#restUntilMs - this.#clock.monotonicMs();
    if (rest > 0) {
      await delay(Math.min(rest, 1_000));
      look = undefined;
    }
    const started = this.#clock.monotonicMs();
    let outcome = await this.#read(look);
    if (outcome.kind === "problem" && outcome.mayBeHalfWritten) {
      await delay(halfWrittenGraceMs);
      outcome = await this.#read();
    }
    const took = this.#clock.monotonicMs() - started;
    this.#restUntilMs = this.#clock.monotonicMs() + (took > 20 ? took * 10 : 0);
    this.#signature = outcome.signature;
    if (outcome.kind !== "absent") this.#seen = true;
    if (outcome.kind === "read") {
      this.#facts = outcome.facts;
      this.#writtenUnixMs = this.#writtenOf(outcome.facts) || outcome.modifiedUnixMs;
      this.#readUnixMs = this.#clock.nowUnixMs();
      this.#sight = { kind: "read" };
    } else if (outcome.kind === "problem") this.#sight = { kind: "problem", problem: outcome.problem };
    else this.#sight = { kind: "absent" };
    return true;
  }

  async #read(look?: FileLook): Promise<ReadOutcome<Facts>> {
    const opened = await openForReading(this.path, look);
    // Taken before the content: a write between the two makes the next look read again.
    const { signature } = opened;
    if (opened.kind === "absent") return { kind: "absent", signature };
    const problem = (text: string, mayBeHalfWritten: boolean): ReadOutcome<Facts> => ({
      kind: "problem",
      problem: text,
      mayBeHalfWritten,
      signature,
    });
    if (opened.kind === "problem") return problem(opened.problem, false);
    const { handle, size, modifiedUnixMs } = opened.file;
    try {
      if (size > maximumWholeFileBytes)
        return problem(`it has ${size} bytes; at most ${maximumWholeFileBytes} are read`, false);
      const buffer = Buffer.allocUnsafe(size);
      const bytes = buffer.subarray(0, await readFully(handle, buffer, 0, size, 0));
      this.#excerpt = bytes.toString("utf8", 0, maximumRecordText * 3).slice(0, maximumRecordText);
      if (!isUtf8(bytes)) return problem("it is not UTF-8 text", true);
      const parsed = this.#parse(bytes.toString("utf8"));
      return parsed.ok
        ? { kind: "read", facts: parsed.facts, modifiedUnixMs, signature }
        : problem(parsed.problem, true);
    } catch (error) {
      return problem(describeFileError(error), false);
    } finally {
      await handle.close();
    }
  }
}

type ReadOutcome<Facts> = { readonly signature: string } & (
  | { readonly kind: "absent" }
  | { readonly kind: "problem"; readonly problem: string; readonly mayBeHalfWritten: boolean }
  | { readonly kind: "read"; readonly facts: Facts; readonly modifiedUnixMs: number }
);
