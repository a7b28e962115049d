/**
 * What Python takes for white space, for a character class: `\s` of its regular expressions and `str.strip()`. Unlike
 * JavaScript's it holds U+001C to U+001F and U+0085, and not U+FEFF.
 */
export const pythonSpaces =
  "\\t-\\r\\u001c-\\u0020\\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";

const space = new RegExp(`[${pythonSpaces}]`);

/** A text without the white space at its ends, as Python's `str.strip()`; in time proportional to what is stripped. */
export function stripPython(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && space.test(text.charAt(start))) start += 1;
  while (end > start && space.test(text.charAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

/** Line ends as Python's text mode reads them: CRLF and a lone CR become LF. */
export function unifyLineEnds(text: string): string {
  return text.replace(/\r\n?/g, "\n");
}
