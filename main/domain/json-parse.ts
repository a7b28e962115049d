import type { Json } from "./json";
import type { JsonDialect, JsonProblem } from "./json-dialect";
import { strictDialect } from "./json-strict";

/** Text that is not JSON; the message says where, in the words of the dialect it was read in. */
export class JsonSyntaxError extends Error {
  override name = "JsonSyntaxError";
}

/**
 * Reads one JSON text strictly (spec/tau/surfaces.md §0): a key given twice in one object is an error, integers stay
 * apart from floats, and a lone half of a surrogate pair is refused. Line and column of an error count from 1.
 */
export function parseJson(text: string): Json {
  return parseJsonAs(strictDialect, text);
}

/** Reads one JSON text as `dialect` has it; throws `JsonSyntaxError` in its words. */
export function parseJsonAs(dialect: JsonDialect, text: string): Json {
  const parser = new Parser(dialect, text);
  return parser.document();
}

const numberToken = /-?(?:0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?/y;
// Everything a string may hold as it is: no quote, no backslash, no control character.
// oxlint-disable-next-line no-control-regex -- JSON forbids control characters inside strings, so the rule needs them.
const plainRun = /[^"\\\u0000-\u001f]*/y;
const escapes: Readonly<Record<string, string>> = {
  '"': '"',
  "\\": "\\",
  "/": "/",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
};

class Parser {
  readonly #dialect: JsonDialect;
  readonly #text: string;
  #at = 0;

  constructor(dialect: JsonDialect, text: string) {
    this.#dialect = dialect;
    this.#text = text;
  }

  document(): Json {
    if (this.#dialect.refusesByteOrderMark && this.#text.startsWith("\uFEFF")) this.#fail("byte order mark");
    const value = this.#value(0);
    this.#skipSpace();
    if (this.#at < this.#text.length) this.#fail("trailing");
    return value;
  }

  #value(depth: number): Json {
    if (depth > this.#dialect.maximumDepth) this.#fail("depth");
    this.#skipSpace();
    switch (this.#text[this.#at]) {
      case "{":
        return this.#object(depth);
      case "[":
        return this.#array(depth);
      case '"':
        return this.#string();
      case "t":
        return this.#word("true", true);
      case "f":
        return this.#word("false", false);
      case "n":
        return this.#word("null", null);
      default:
        return this.#number();
    }
  }

  #object(depth: number): Json {
    this.#at += 1;
    const members = new Map<string, Json>();
    if (this.#take("}")) return members;
    do {
      this.#skipSpace();
      if (this.#text[this.#at] !== '"') this.#fail("key");
      const key = this.#string();
      if (!this.#dialect.lastKeyWins && members.has(key)) this.#fail("duplicate key", this.#at, key);
      if (!this.#take(":")) this.#fail("colon");
      members.set(key, this.#value(depth + 1));
    } while (this.#take(","));
    if (!this.#take("}")) this.#fail("end of object");
    return members;
  }

  #array(depth: number): Json {
    this.#at += 1;
    const items: Json[] = [];
    if (this.#take("]")) return items;
    do items.push(this.#value(depth + 1));
    while (this.#take(","));
    if (!this.#take("]")) this.#fail("end of array");
    return items;
  }

  #string(): string {
    const begin = this.#at;
    this.#at += 1;
    let value = "";
    for (;;) {
      plainRun.lastIndex = this.#at;
      const run = plainRun.exec(this.#text)?.[0] ?? "";
      value += run;
      this.#at += run.length;
      const next = this.#text[this.#at];
      if (next === '"') break;
      if (next === undefined) this.#fail("end of string", begin);
      if (next !== "\\") this.#fail("control character");
      value += this.#escape(begin);
    }
    this.#at += 1;
    if (!this.#dialect.keepsLoneSurrogates && /\p{Surrogate}/u.test(value)) this.#fail("lone surrogate");
    return value;
  }

  #escape(begin: number): string {
    const letter = this.#text[this.#at + 1] ?? "";
    const simple = Object.hasOwn(escapes, letter) ? escapes[letter] : undefined;
    if (simple !== undefined) {
      this.#at += 2;
      return simple;
    }
    if (letter === "") this.#fail("end of escape", begin);
    if (letter !== "u") this.#fail("escape");
    const digits = this.#text.slice(this.#at + 2, this.#at + 6);
    if (!/^[0-9a-fA-F]{4}$/.test(digits)) this.#fail("unicode escape");
    this.#at += 6;
    return String.fromCharCode(Number.parseInt(digits, 16));
  }

  #number(): Json {
    for (const [word, value] of this.#dialect.numberWords) {
      if (this.#text.startsWith(word, this.#at)) return this.#word(word, value);
    }
    numberToken.lastIndex = this.#at;
    const match = numberToken.exec(this.#text);
    if (match === null) this.#fail("value");
    const begin = this.#at;
    this.#at += match[0].length;
    const [token, fraction, exponent] = match;
    const value = this.#dialect.number(token, fraction === undefined && exponent === undefined);
    if (value === null) this.#fail("number", begin, token);
    return value;
  }

  #word(word: string, value: Json): Json {
    if (!this.#text.startsWith(word, this.#at)) this.#fail("value");
    this.#at += word.length;
    return value;
  }

  #take(character: string): boolean {
    this.#skipSpace();
    if (this.#text[this.#at] !== character) return false;
    this.#at += 1;
    return true;
  }

  #skipSpace(): void {
    for (;;) {
      const unit = this.#text.charCodeAt(this.#at);
      if (unit !== 0x20 && unit !== 0x0a && unit !== 0x0d && unit !== 0x09) return;
      this.#at += 1;
    }
  }

  #fail(problem: JsonProblem, begin = this.#at, subject = ""): never {
    const mistake = { text: this.#text, at: this.#at, begin, subject };
    throw new JsonSyntaxError(this.#dialect.describe(problem, mistake));
  }
}
