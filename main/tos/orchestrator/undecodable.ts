/**
 * Why bytes are not UTF-8, in the words of the reference's library, which the step log keeps:
 * `'utf-8' codec can't decode byte 0x82 in position 0: invalid start byte`.
 */
export function describeUndecodable(bytes: Uint8Array): string {
  let at = 0;
  while (at < bytes.length) {
    const length = sequenceLength(bytes[at] ?? 0);
    const good = length === 0 ? 0 : goodPrefix(bytes, at, length);
    if (length === 0) return sentence(bytes, at, 1, "invalid start byte");
    if (good < length)
      return at + good === bytes.length
        ? sentence(bytes, at, good, "unexpected end of data")
        : sentence(bytes, at, good, "invalid continuation byte");
    at += length;
  }
  return "'utf-8' codec can't decode the output";
}

/** Bytes of the character that a byte begins; 0 for one that begins none. */
function sequenceLength(first: number): number {
  if (first < 0x80) return 1;
  if (first >= 0xc2 && first <= 0xdf) return 2;
  if (first >= 0xe0 && first <= 0xef) return 3;
  return first >= 0xf0 && first <= 0xf4 ? 4 : 0;
}

/** How many bytes from `at` on can begin one character of `length` bytes. */
function goodPrefix(bytes: Uint8Array, at: number, length: number): number {
  for (let index = 1; index < length; index++) {
    const byte = bytes[at + index] ?? -1;
    const [low, high] = index === 1 ? secondByteRange(bytes[at] ?? 0) : [0x80, 0xbf];
    if (byte < low || byte > high) return index;
  }
  return length;
}

/** Shuts out overlong forms, surrogates, and what lies beyond U+10FFFF. */
function secondByteRange(first: number): readonly [number, number] {
  if (first === 0xe0) return [0xa0, 0xbf];
  if (first === 0xed) return [0x80, 0x9f];
  if (first === 0xf0) return [0x90, 0xbf];
  return first === 0xf4 ? [0x80, 0x8f] : [0x80, 0xbf];
}

function sentence(bytes: Uint8Array, at: number, length: number, reason: string): string {
  if (length > 1) return `'utf-8' codec can't decode bytes in position ${at}-${at + length - 1}: ${reason}`;
  const byte = (bytes[at] ?? 0).toString(16).padStart(2, "0");
  return `'utf-8' codec can't decode byte 0x${byte} in position ${at}: ${reason}`;
}
