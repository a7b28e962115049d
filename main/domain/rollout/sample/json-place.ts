import { maximumRecordText } from "../../fold/event-fold";
import type { RecordReference } from "#contract/reading";
import { utf8Length } from "../../text";

/** Where a value stands in a JSON text: UTF-16 positions, `end` behind its last character. */
export interface JsonSpan {
  readonly start: number;
  readonly end: number;
}

const spaceRun = /[ \t\n\r]*/y;
const stringRun = /"(?:[^"\\]|\\.)*"/y;
const scalarRun = /[^\s,\]}]+/y;
// What lies between two brackets or strings says nothing of the nesting.
const flatRun = /[^"[\]{}]*/y;

/** The end of what a sticky pattern matches at `at`; throws where the text is not the JSON it was checked to be. */
function endOf(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  if (!pattern.test(text)) throw new Error(`position ${at}: not JSON`);
  return pattern.lastIndex;
}

const skipSpace = (text: string, at: number): number => endOf(spaceRun, text, at);

function valueEnd(text: string, start: number): number {
  const first = text[start];
  if (first === '"') return endOf(stringRun, text, start);
  if (first !== "{" && first !== "[") return endOf(scalarRun, text, start);
  let depth = 0;
  for (let at = start; at < text.length;) {
    const character = text[at];
    if (character === '"') {
      at = endOf(stringRun, text, at);
      continue;
    }
    if (character === "{" || character === "[") depth += 1;
    if (character === "}" || character === "]") depth -= 1;
    at += 1;
    if (depth === 0) return at;
    at = endOf(flatRun, text, at);
  }
  throw new Error(`position ${start}: a value without an end`);
}

const spanAt = (text: string, at: number): JsonSpan => {
  const start = skipSpace(text, at);
  return { start, end: valueEnd(text, start) };
};

/** The span of a whole JSON text's value. The text must have been parsed with success before. */
export function documentSpan(text: string): JsonSpan {
  return spanAt(text, 0);
}

/** The span of one member's value; null when the object at `object` has no such key, or when no object is there. */
export function memberSpan(text: string, object: JsonSpan, key: string): JsonSpan | null {
  if (text[object.start] !== "{") return null;
  let at = skipSpace(text, object.start + 1);
  while (text[at] === '"') {
    const keyEnd = endOf(stringRun, text, at);
    const name: unknown = JSON.parse(text.slice(at, keyEnd));
    const value = spanAt(text, skipSpace(text, keyEnd) + 1);
    if (name === key) return value;
    at = skipSpace(text, skipSpace(text, value.end) + 1);
  }
  return null;
}

/** The spans of an array's elements, in order; none when no array stands at `array`. */
export function elementSpans(text: string, array: JsonSpan): JsonSpan[] {
  if (text[array.start] !== "[") return [];
  const spans: JsonSpan[] = [];
  let at = skipSpace(text, array.start + 1);
  while (at < array.end - 1) {
    const span = spanAt(text, at);
    spans.push(span);
    at = skipSpace(text, skipSpace(text, span.end) + 1);
  }
  return spans;
}

/**
 * Turns positions of one text into references to its file: 1-based line and offset in bytes (UTF-8), so that what is
 * not ASCII before it counts as the bytes it takes. Positions asked in ascending order cost one pass in all.
 */
export class TextPlaces {
  readonly #path: string;
  readonly #text: string;
  #at = 0;
  #line = 1;
  #bytes = 0;

  /** `path` as operators see it; `text` is the whole file's. */
  constructor(path: string, text: string) {
    this.#path = path;
    this.#text = text;
  }

  /** The record at a span, its text cut to 2,000 characters. */
  record(span: JsonSpan): RecordReference {
    if (span.start < this.#at) [this.#at, this.#line, this.#bytes] = [0, 1, 0];
    const between = this.#text.slice(this.#at, span.start);
    this.#bytes += utf8Length(between);
    for (let newline = between.indexOf("\n"); newline >= 0; newline = between.indexOf("\n", newline + 1))
      this.#line += 1;
    this.#at = span.start;
    return {
      path: this.#path,
      line: this.#line,
      byteOffset: this.#bytes,
      text: this.#text.slice(span.start, Math.min(span.end, span.start + maximumRecordText)),
    };
  }
}
