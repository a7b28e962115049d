const isWhiteSpace = (text: string, at: number): boolean => /\p{White_Space}/u.test(text.charAt(at));

/**
 * Strips Unicode white space from both ends of a line, as the reference does (spec/tau/surfaces.md §0), in time
 * proportional to its length: a line of a hostile log may be a mebibyte of spaces.
 */
export function trimLine(line: string): string {
  let start = 0;
  let end = line.length;
  while (start < end && isWhiteSpace(line, start)) start += 1;
  while (end > start && isWhiteSpace(line, end - 1)) end -= 1;
  return line.slice(start, end);
}
