import { hashBytes } from "./reason-code-sets";

/** Columns a history point needs, in the order of `EventScanner.figures`. */
export const historyKeys = [
  "failure_streak",
  "applied_cases",
  "malformed_cases",
  "failed_cases",
  "duplicate_skips",
  "backlog_cases",
  "retry_attempts",
] as const;

/** State column of the index. `other` is a valid record whose `health_state` is none of the three. */
export const lineStates = { other: 0, healthy: 1, degraded: 2, failing: 3, invalid: 4, blank: 5 } as const;
export type LineState = (typeof lineStates)[keyof typeof lineStates];

/** State column for a record's `health_state`. */
export function lineStateOf(healthState: unknown): LineState {
  if (healthState === "healthy") return lineStates.healthy;
  if (healthState === "degraded") return lineStates.degraded;
  return healthState === "failing" ? lineStates.failing : lineStates.other;
}

const ascii = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));

const field = {
  ignored: 0,
  timestamp: 1,
  healthState: 2,
  healthReason: 3,
  reasonCodes: 4,
  firstFigure: 5,
} as const;
const fields: readonly { readonly name: Uint8Array; readonly id: number }[] = [
  { name: ascii("timestamp_unix_ms"), id: field.timestamp },
  { name: ascii("health_state"), id: field.healthState },
  { name: ascii("health_reason"), id: field.healthReason },
  { name: ascii("reason_codes"), id: field.reasonCodes },
  ...historyKeys.map((key, index) => ({ name: ascii(key), id: field.firstFigure + index })),
];
const noBytes = new Uint8Array(0);
const stateNames = [ascii("healthy"), ascii("degraded"), ascii("failing")] as const;

const newline = 0x0a;
const quote = 0x22;
const backslash = 0x5c;
const comma = 0x2c;
const colon = 0x3a;
const openBrace = 0x7b;
const closeBrace = 0x7d;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const maximumDepth = 32;
const maximumLearnedKeys = 64;
/** Integers of more digits may not be exact; the careful path decides what they are worth. */
const maximumDigits = 15;

function equalBytes(bytes: Uint8Array, start: number, end: number, expected: Uint8Array): boolean {
  if (end - start !== expected.length) return false;
  for (let at = 0; at < expected.length; at += 1) if (bytes[start + at] !== expected[at]) return false;
  return true;
}

function stateAt(bytes: Uint8Array, start: number, end: number): LineState {
  for (let name = 0; name < stateNames.length; name += 1)
    if (equalBytes(bytes, start, end, stateNames[name] ?? noBytes)) return (name + 1) as LineState;
  return lineStates.other;
}

function skipSpace(bytes: Uint8Array, start: number): number {
  let at = start;
  for (let byte = bytes[at]; byte === 0x20 || byte === 0x09 || byte === 0x0d; byte = bytes[at]) at += 1;
  return at;
}

const isDigit = (byte: number | undefined): boolean => byte !== undefined && byte >= 0x30 && byte <= 0x39;

/**
 * Reads event lines straight from bytes, without making strings or objects: the reason the first fold of a large log
 * is fast. It accepts a strict subset of what `readEventLine` calls valid (every byte is checked against the JSON
 * grammar) and says -1 to everything else, which the caller gives to `readEventLine`. So it can only be faster, never
 * different; a property test holds the two together.
 *
 * The caller guarantees that the bytes are UTF-8 and that a newline stands at or after the start: no JSON token
 * contains a raw newline, so the scan cannot run past it.
 */
export class EventScanner {
  timestampUnixMs = 0;
  state: LineState = lineStates.other;
  /** Raw bytes of the `reason_codes` array; both -1 when the record has none. */
  codesStart = -1;
  codesEnd = -1;
  codesHash = 0;
  readonly figures = new Float64Array(historyKeys.length);

  /** Keys with the white space and colon around them, as the previous lines had them, by position in the object. */
  readonly #learnedKeys: Uint8Array[] = [];
  readonly #learnedFields: number[] = [];
  /** Results of the last `#string` or `#number`; -1 when the number is not a plain count. */
  #stringHasEscape = false;
  #count = -1;

  /** Position of the newline that ends the valid record starting at `start`, or -1 when it takes a careful look. */
  scan(bytes: Uint8Array, start: number): number {
    this.timestampUnixMs = 0;
    this.state = lineStates.other;
    this.codesStart = -1;
    this.codesEnd = -1;
    for (let column = 0; column < historyKeys.length; column += 1) this.figures[column] = 0;
    let at = start;
    if (bytes[at] !== openBrace) return -1;
    at = skipSpace(bytes, at + 1);
    if (bytes[at] === closeBrace) return this.#lineEnd(bytes, at + 1);
    let seen = 0;
    for (let position = 0; ; position += 1) {
      const learned = this.#learnedKeys[position];
      let id: number;
      let matched = 0;
      if (learned !== undefined) {
        while (matched < learned.length && bytes[at + matched] === learned[matched]) matched += 1;
      }
      if (learned !== undefined && matched === learned.length) {
        at += matched;
        id = this.#learnedFields[position] ?? field.ignored;
      } else {
        const end = this.#learnKey(bytes, at, position);
        if (end < 0) return -1;
        id = this.#learnedField;
        at = end;
      }
      if (id !== field.ignored) {
        const bit = 1 << id;
        // A repeated key is the careful path's business: some repeats are errors.
        if ((seen & bit) !== 0) return -1;
        seen |= bit;
      }
      at = this.#member(bytes, at, id);
      if (at < 0) return -1;
      at = skipSpace(bytes, at);
      if (bytes[at] === comma) at += 1;
      else if (bytes[at] === closeBrace) return this.#lineEnd(bytes, at + 1);
      else return -1;
    }
  }

  #learnedField: number = field.ignored;

  /** Reads `ws "key" ws : ws` and remembers it for this position of the next line's object. */
  #learnKey(bytes: Uint8Array, start: number, position: number): number {
    const nameStart = skipSpace(bytes, start) + 1;
    const nameEnd = this.#string(bytes, nameStart - 1) - 1;
    if (nameEnd < 0 || this.#stringHasEscape) return -1;
    let at = skipSpace(bytes, nameEnd + 1);
    if (bytes[at] !== colon) return -1;
    at = skipSpace(bytes, at + 1);
    this.#learnedField =
      fields.find(({ name }) => equalBytes(bytes, nameStart, nameEnd, name))?.id ?? field.ignored;
    if (position < maximumLearnedKeys) {
      this.#learnedKeys[position] = bytes.slice(start, at);
      this.#learnedFields[position] = this.#learnedField;
    }
    return at;
  }

  #member(bytes: Uint8Array, start: number, id: number): number {
    if (id === field.ignored) return this.#value(bytes, start, 0);
    const at = skipSpace(bytes, start);
    if (id === field.reasonCodes) return this.#reasonCodes(bytes, at);
    if (id === field.healthReason || id === field.healthState) {
      const end = this.#string(bytes, at);
      // An escape may spell a state's name or a lone surrogate.
      if (end < 0 || this.#stringHasEscape) return -1;
      if (id === field.healthState) {
        this.state = stateAt(bytes, at + 1, end - 1);
      }
      return end;
    }
    const end = this.#number(bytes, at);
    if (end < 0 || this.#count < 0) return -1;
    if (id === field.timestamp) this.timestampUnixMs = this.#count;
    else this.figures[id - field.firstFigure] = this.#count;
    return end;
  }

  #reasonCodes(bytes: Uint8Array, start: number): number {
    if (bytes[start] !== openBracket) return -1;
    let at = skipSpace(bytes, start + 1);
    if (bytes[at] === closeBracket) at += 1;
    else
      for (;;) {
        at = this.#string(bytes, skipSpace(bytes, at));
        if (at < 0 || this.#stringHasEscape) return -1;
        at = skipSpace(bytes, at);
        const byte = bytes[at];
        at += 1;
        if (byte === closeBracket) break;
        if (byte !== comma) return -1;
      }
    this.codesStart = start;
    this.codesEnd = at;
    this.codesHash = hashBytes(bytes, start, at);
    return at;
  }

  /** End of any JSON value, or -1. */
  #value(bytes: Uint8Array, start: number, depth: number): number {
    const at = skipSpace(bytes, start);
    const byte = bytes[at];
    if (byte === quote) return this.#string(bytes, at);
    if (byte === openBrace || byte === openBracket)
      return depth < maximumDepth ? this.#nested(bytes, at, depth + 1, byte === openBrace) : -1;
    if (byte === 0x74) return this.#word(bytes, at, "true");
    if (byte === 0x66) return this.#word(bytes, at, "false");
    if (byte === 0x6e) return this.#word(bytes, at, "null");
    return this.#number(bytes, at);
  }

  #nested(bytes: Uint8Array, start: number, depth: number, isObject: boolean): number {
    const close = isObject ? closeBrace : closeBracket;
    let at = skipSpace(bytes, start + 1);
    if (bytes[at] === close) return at + 1;
    for (;;) {
      if (isObject) {
        at = this.#string(bytes, skipSpace(bytes, at));
        if (at < 0) return -1;
        at = skipSpace(bytes, at);
        if (bytes[at] !== colon) return -1;
        at += 1;
      }
      at = this.#value(bytes, at, depth);
      if (at < 0) return -1;
      at = skipSpace(bytes, at);
      const byte = bytes[at];
      at += 1;
      if (byte === close) return at;
      if (byte !== comma) return -1;
    }
  }

  #word(bytes: Uint8Array, start: number, word: string): number {
    for (let at = 0; at < word.length; at += 1) if (bytes[start + at] !== word.charCodeAt(at)) return -1;
    return start + word.length;
  }

  /** End of the string token at `start` (after its closing quote), or -1. */
  #string(bytes: Uint8Array, start: number): number {
    this.#stringHasEscape = false;
    if (bytes[start] !== quote) return -1;
    let at = start + 1;
    for (;;) {
      const byte = bytes[at];
      if (byte === undefined || byte < 0x20) return -1;
      if (byte === quote) return at + 1;
      if (byte === backslash) {
        this.#stringHasEscape = true;
        at = this.#escape(bytes, at + 1);
        if (at < 0) return -1;
      } else at += 1;
    }
  }

  #escape(bytes: Uint8Array, start: number): number {
    const byte = bytes[start];
    if (byte === 0x75) {
      for (let at = start + 1; at <= start + 4; at += 1) {
        const digit = bytes[at];
        const letter = digit === undefined ? 0 : digit | 0x20;
        if (!isDigit(digit) && (letter < 0x61 || letter > 0x66)) return -1;
      }
      return start + 5;
    }
    const plain =
      byte === quote ||
      byte === backslash ||
      byte === 0x2f ||
      byte === 0x62 ||
      byte === 0x66 ||
      byte === 0x6e ||
      byte === 0x72 ||
      byte === 0x74;
    return plain ? start + 1 : -1;
  }

  /** End of the number at `start`, or -1; leaves its value in `#count` when it is a plain count. */
  #number(bytes: Uint8Array, start: number): number {
    let at = start;
    const negative = bytes[at] === 0x2d;
    if (negative) at += 1;
    const digits = at;
    let value = 0;
    for (let byte = bytes[at]; byte !== undefined && byte >= 0x30 && byte <= 0x39; byte = bytes[at]) {
      value = value * 10 + (byte - 0x30);
      at += 1;
    }
    const length = at - digits;
    if (length === 0 || (length > 1 && bytes[digits] === 0x30)) return -1;
    this.#count = negative || length > maximumDigits ? -1 : value;
    if (bytes[at] === 0x2e) {
      this.#count = -1;
      const fraction = at + 1;
      at = fraction;
      while (isDigit(bytes[at])) at += 1;
      if (at === fraction) return -1;
    }
    if (bytes[at] === 0x65 || bytes[at] === 0x45) {
      this.#count = -1;
      at += 1;
      if (bytes[at] === 0x2b || bytes[at] === 0x2d) at += 1;
      const exponent = at;
      while (isDigit(bytes[at])) at += 1;
      if (at === exponent) return -1;
    }
    return at;
  }

  #lineEnd(bytes: Uint8Array, start: number): number {
    const at = skipSpace(bytes, start);
    return bytes[at] === newline ? at : -1;
  }
}
