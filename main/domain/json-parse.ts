import { JsonFloat, type Json } from "./json";

/** Nesting past this is an error, so that hostile text cannot exhaust the stack. */
const maximumDepth = 128;

/** Text that is not JSON; line and column count from 1. */
export class JsonSyntaxError extends Error {
  override name = "JsonSyntaxError";
}

/**
 * Reads one JSON text strictly (spec/tau/surfaces.md §0): a key given twice in one object is an error, integers stay
 * apart from floats, and a lone half of a surrogate pair is refused.
 */
export function parseJson(text: string): Json {
  const parser = new Parser(text);
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
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  document(): Json {
    const value = this.#value(0);
    this.#skipSpace();
    if (this.#at < this.#text.length) this.#fail("trailing characters after the JSON value");
    return value;
  }

  #value(depth: number): Json {
    if (depth > maximumDepth) this.#fail(`nesting deeper than ${maximumDepth} levels`);
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
      if (this.#text[this.#at] !== '"') this.#fail("expected a quoted key");
      const key = this.#string();
      if (members.has(key)) this.#fail(`duplicate key ${JSON.stringify(key)}`);
      if (!this.#take(":")) this.#fail("expected `:` after a key");
      members.set(key, this.#value(depth + 1));
    } while (this.#take(","));
    if (!this.#take("}")) this.#fail("expected `,` or `}`");
    return members;
  }

  #array(depth: number): Json {
    this.#at += 1;
    const items: Json[] = [];
    if (this.#take("]")) return items;
    do items.push(this.#value(depth + 1));
    while (this.#take(","));
    if (!this.#take("]")) this.#fail("expected `,` or `]`");
    return items;
  }

  #string(): string {
    this.#at += 1;
    let value = "";
    for (;;) {
      plainRun.lastIndex = this.#at;
      const run = plainRun.exec(this.#text)?.[0] ?? "";
      value += run;
      this.#at += run.length;
      const next = this.#text[this.#at];
      if (next === '"') break;
      if (next !== "\\")
        this.#fail(next === undefined ? "string without an end" : "control character in a string");
      value += this.#escape();
    }
    this.#at += 1;
    if (/\p{Surrogate}/u.test(value)) this.#fail("lone half of a surrogate pair in a string");
    return value;
  }

  #escape(): string {
    const letter = this.#text[this.#at + 1] ?? "";
    const simple = Object.hasOwn(escapes, letter) ? escapes[letter] : undefined;
    if (simple !== undefined) {
      this.#at += 2;
      return simple;
    }
    const digits = this.#text.slice(this.#at + 2, this.#at + 6);
    if (letter !== "u" || !/^[0-9a-fA-F]{4}$/.test(digits)) this.#fail("invalid escape in a string");
    this.#at += 6;
    return String.fromCharCode(Number.parseInt(digits, 16));
  }

  #number(): Json {
    numberToken.lastIndex = this.#at;
    const match = numberToken.exec(this.#text);
    if (match === null)
      this.#fail(this.#at < this.#text.length ? "expected a JSON value" : "unexpected end of text");
    this.#at += match[0].length;
    const [token, fraction, exponent] = match;
    if (fraction === undefined && exponent === undefined && token !== "-0") {
      const value = Number(token);
      if (Number.isSafeInteger(value)) return value;
      const exact = BigInt(token);
      if (BigInt.asUintN(64, exact) === exact || BigInt.asIntN(64, exact) === exact) return exact;
    }
    const value = Number(token);
    if (!Number.isFinite(value)) this.#fail("number out of range");
    return new JsonFloat(value);
  }

  #word(word: string, value: Json): Json {
    if (!this.#text.startsWith(word, this.#at)) this.#fail("expected a JSON value");
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

  #fail(reason: string): never {
    const before = this.#text.slice(0, this.#at);
    const line = before.split("\n").length;
    const column = this.#at - before.lastIndexOf("\n");
    throw new JsonSyntaxError(`${reason} at line ${line} column ${column}`);
  }
}
