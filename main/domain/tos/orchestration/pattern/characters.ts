import { pythonSpaces } from "../python-whitespace";

/** Inside of a class for each category; the capital letter is its complement. */
const unicodeCategories: Readonly<Record<string, string>> = {
  d: "\\p{Nd}",
  s: pythonSpaces,
  w: "\\p{L}\\p{N}_",
};
const asciiCategories: Readonly<Record<string, string>> = {
  d: "0-9",
  s: "\\t-\\r\\u{20}",
  w: "A-Za-z0-9_",
};

/** A class for `\d`, `\D`, `\s`, `\S`, `\w` or `\W` (the letter); null for other letters. */
export function categoryClass(letter: string, ascii: boolean): string | null {
  const inside = (ascii ? asciiCategories : unicodeCategories)[letter.toLowerCase()];
  if (inside === undefined) return null;
  return letter === letter.toLowerCase() ? `[${inside}]` : `[^${inside}]`;
}

/** Where a word begins or ends, and (`inside`) where none does; Python sees no such place in an empty text. */
export function wordBoundary(inside: boolean, ascii: boolean): string {
  const word = `[${(ascii ? asciiCategories : unicodeCategories)["w"] ?? ""}]`;
  return inside
    ? `(?:(?<=${word})(?=${word})|(?<!${word})(?!${word})(?!^$))`
    : `(?:(?<=${word})(?!${word})|(?<!${word})(?=${word}))`;
}

/** One code point outside of a class, whatever it means elsewhere. */
export function literal(point: number): string {
  const twins = caseTwins.get(point);
  return twins === undefined ? escaped(point) : `[${escaped(point)}${twins}]`;
}

/** One code point inside a class. */
export function classLiteral(point: number): string {
  return escaped(point) + (caseTwins.get(point) ?? "");
}

export function classRange(low: number, high: number): string {
  const twins = [...caseTwins].filter(([point]) => point >= low && point <= high);
  return `${escaped(low)}-${escaped(high)}${twins.map(([, members]) => members).join("")}`;
}

const escaped = (point: number): string => `\\u{${point.toString(16)}}`;

/** Letters Python takes for each other when it ignores case, and JavaScript does not. */
const caseTwins = new Map([
  ...[0x49, 0x69, 0x130, 0x131].map((point): [number, string] => [point, "iI\\u{130}\\u{131}"]),
]);
