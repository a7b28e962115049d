import { categoryClass, literal, wordBoundary } from "./characters";
import { PatternError, type PatternSource } from "./source";
import type { PatternFlags, PatternState, Width } from "./state";

/** A part of a pattern, translated. */
export interface PatternPart {
  readonly code: string;
  readonly width: Width;
  /** `place`: takes nothing and cannot be repeated. `repeat`: cannot be repeated again. */
  readonly kind: "item" | "place" | "repeat";
}

export const oneWide: Width = { minimum: 1, maximum: 1 };
export const nothingWide: Width = { minimum: 0, maximum: 0 };

const namedCharacters: Readonly<Record<string, number>> = {
  a: 7,
  f: 12,
  n: 10,
  r: 13,
  t: 9,
  v: 11,
  "\\": 92,
};
const digitsOfHex: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

/** What an escape outside of a class stands for; `escape` is the backslash and the character after it. */
export function readEscape(
  source: PatternSource,
  state: PatternState,
  flags: PatternFlags,
  escape: string,
): PatternPart {
  const letter = escape.slice(1);
  if (letter === "A") return { code: "^", width: nothingWide, kind: "place" };
  if (letter === "Z") return { code: "$", width: nothingWide, kind: "place" };
  if (letter === "b" || letter === "B") {
    return { code: wordBoundary(letter === "B", flags.ascii), width: nothingWide, kind: "place" };
  }
  const category = categoryClass(letter, flags.ascii);
  if (category !== null) return { code: category, width: oneWide, kind: "item" };
  if (/^[1-9]$/.test(letter)) return readReference(source, state, escape);
  return { code: literal(readCharacter(source, escape)), width: oneWide, kind: "item" };
}

/** The code point of an escape inside a class; null for a category. */
export function readClassEscape(source: PatternSource, escape: string): number | null {
  const letter = escape.slice(1);
  if (categoryClass(letter, false) !== null) return null;
  if (letter === "b") return 8;
  if (/^[0-7]$/.test(letter)) return octal(source, escape + source.takeWhile(2, /^[0-7]$/));
  if (/^[89]$/.test(letter)) throw source.error(`bad escape ${escape}`, escape.length);
  return readCharacter(source, escape);
}

/** An escape that is one character in and outside of classes. */
function readCharacter(source: PatternSource, escape: string): number {
  const letter = escape.slice(1);
  const named = Object.hasOwn(namedCharacters, letter) ? namedCharacters[letter] : undefined;
  if (named !== undefined) return named;
  const digits = Object.hasOwn(digitsOfHex, letter) ? digitsOfHex[letter] : undefined;
  if (digits !== undefined) return readHex(source, escape, digits);
  if (letter === "0") return octal(source, escape + source.takeWhile(2, /^[0-7]$/));
  if (letter === "N") throw new PatternError("cannot be used here: a character by its name (\\N{…})");
  if (/^[A-Za-z]$/.test(letter)) throw source.error(`bad escape ${escape}`, escape.length);
  return letter.codePointAt(0) ?? 0;
}

function readHex(source: PatternSource, escape: string, digits: number): number {
  const whole = escape + source.takeWhile(digits, /^[0-9a-fA-F]$/);
  if (whole.length !== digits + 2) throw source.error(`incomplete escape ${whole}`, whole.length);
  const point = Number.parseInt(whole.slice(2), 16);
  if (point > 0x10ffff) throw source.error(`bad escape ${whole}`, whole.length);
  return point;
}

function octal(source: PatternSource, escape: string): number {
  const point = Number.parseInt(escape.slice(1), 8);
  if (point <= 0o377) return point;
  throw source.error(`octal escape value ${escape} outside of range 0-0o377`, escape.length);
}

/** `\1` to `\99`, unless three octal digits make it a character. */
function readReference(source: PatternSource, state: PatternState, escape: string): PatternPart {
  let whole = escape + source.takeWhile(1, /^[0-9]$/);
  if (/^\\[0-7]{2}$/.test(whole) && /^[0-7]$/.test(source.next ?? "")) {
    whole += source.take() ?? "";
    return { code: literal(octal(source, whole)), width: oneWide, kind: "item" };
  }
  const group = Number(whole.slice(1));
  if (group >= state.groups) throw source.error(`invalid group reference ${group}`, whole.length - 1);
  return { code: `\\k<g${group}>`, width: state.widthOf(source, group, whole.length), kind: "item" };
}
