import { codePointLength } from "../truncate";

/** A pattern Python would refuse, or one that has no equal here. */
export class PatternError extends Error {
  override name = "PatternError";
}

/** The characters of a pattern, taken one at a time; a backslash comes together with what it escapes. */
export class PatternSource {
  readonly #points: readonly string[];
  #at = 0;
  #next: string | null = null;

  constructor(pattern: string) {
    this.#points = Array.from(pattern);
    this.#advance();
  }

  /** What comes next, without taking it; null at the end. */
  get next(): string | null {
    return this.#next;
  }

  /** Where the next character stands, in code points. */
  get position(): number {
    return this.#at - (this.#next === null ? 0 : codePointLength(this.#next));
  }

  take(): string | null {
    const taken = this.#next;
    this.#advance();
    return taken;
  }

  /** Takes the next character when it is this one. */
  match(character: string): boolean {
    if (this.#next !== character) return false;
    this.#advance();
    return true;
  }

  /** Takes up to `limit` characters that are in the set. */
  takeWhile(limit: number, set: RegExp): string {
    let taken = "";
    while (taken.length < limit && this.#next !== null && set.test(this.#next)) taken += this.take() ?? "";
    return taken;
  }

  /** Takes a name up to `terminator`, which goes too. */
  takeUntil(terminator: string, what: string): string {
    let name = "";
    for (;;) {
      const character = this.take();
      if (character === null) {
        throw this.error(
          name === "" ? `missing ${what}` : `missing ${terminator}, unterminated name`,
          name.length,
        );
      }
      if (character === terminator) break;
      name += character;
    }
    if (name === "") throw this.error(`missing ${what}`, 1);
    return name;
  }

  /** Goes back to a position that `position` gave. */
  seek(position: number): void {
    this.#at = position;
    this.#advance();
  }

  /** The error of what was read, `back` characters before here, in Python's words. */
  error(problem: string, back = 0): PatternError {
    return new PatternError(`${problem} at position ${this.position - back}`);
  }

  #advance(): void {
    const character = this.#points[this.#at];
    if (character === undefined) {
      this.#next = null;
      return;
    }
    this.#at += 1;
    this.#next = character;
    if (character !== "\\") return;
    const escaped = this.#points[this.#at];
    if (escaped === undefined) {
      throw new PatternError(`bad escape (end of pattern) at position ${this.#at - 1}`);
    }
    this.#at += 1;
    this.#next += escaped;
  }
}
