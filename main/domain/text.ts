/** Text rules every surface shares (spec/tau/surfaces.md §0): trimming, ASCII case folding, byte order. */

const isWhiteSpace = (text: string, at: number): boolean => /\p{White_Space}/u.test(text.charAt(at));

/**
 * Strips Unicode white space from both ends, in time proportional to what is stripped: a hostile line may be a mebibyte
 * of spaces. Unlike `String.prototype.trim` it keeps U+FEFF and strips U+0085.
 */
export function trimText(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isWhiteSpace(text, start)) start += 1;
  while (end > start && isWhiteSpace(text, end - 1)) end -= 1;
  return text.slice(start, end);
}

/** True when nothing but Unicode white space is there. */
export function isBlank(text: string): boolean {
  return trimText(text) === "";
}

/** Lower-cases A-Z only. */
export function lowerAscii(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

/** Upper-cases a-z only. */
export function upperAscii(text: string): string {
  return text.replace(/[a-z]+/g, (letters) => letters.toUpperCase());
}

/** Words between runs of Unicode white space. */
export function splitWords(text: string): string[] {
  return text.split(/[\p{White_Space}]+/u).filter((word) => word !== "");
}

/**
 * Orders two strings by their UTF-8 bytes, which is the order of their code points. Code units agree with it except
 * where one side has a surrogate: those stand for code points above every other unit.
 */
export function compareBytes(left: string, right: string): number {
  const length = Math.min(left.length, right.length);
  for (let index = 0; index < length; index += 1) {
    const leftUnit = left.charCodeAt(index);
    const rightUnit = right.charCodeAt(index);
    if (leftUnit !== rightUnit) return codePointRank(leftUnit) - codePointRank(rightUnit);
  }
  return left.length - right.length;
}

function codePointRank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}

/** Compares by several keys in turn, each in byte order. */
export function byKeys<Item>(
  ...keys: readonly ((item: Item) => string)[]
): (left: Item, right: Item) => number {
  return (left, right) => {
    for (const key of keys) {
      const order = compareBytes(key(left), key(right));
      if (order !== 0) return order;
    }
    return 0;
  };
}

/** True for one or more of `A-Z a-z 0-9 _ -`: text that may name a channel as it is. */
export function isPlainName(text: string): boolean {
  return /^[A-Za-z0-9_-]+$/.test(text);
}

/** Bytes a well-formed text takes in UTF-8. */
export function utf8Length(text: string): number {
  let length = 0;
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0;
    length += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
  }
  return length;
}
