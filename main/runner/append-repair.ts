const newline = 0x0a;

/**
 * What is still to be written so that every line of `text` stands in a log once. `tail` is what the log holds from the
 * place where the lines were meant to go, `before` the byte ahead of it (null at the start of the file). Lines may be
 * there already, the last one torn, and other writers' lines between them: what is there is not written again, a line
 * that was cut off is completed, and a stranger's half line is closed first so that ours stays whole.
 */
export function missingLines(before: number | null, tail: Uint8Array, text: Uint8Array): Buffer {
  const wanted = splitLines(Buffer.from(text));
  const present = splitLines(Buffer.from(tail));
  const startsInsideLine = before !== null && before !== newline;
  const last = present.at(-1);
  const fragment = last !== undefined && last.at(-1) !== newline ? last : Buffer.alloc(0);
  let found = 0;
  present.forEach((line, index) => {
    const whole = index > 0 || !startsInsideLine;
    if (whole && wanted[found]?.equals(line) === true) found += 1;
  });
  const next = wanted[found];
  if (next === undefined) return Buffer.alloc(0);
  const rest = wanted.slice(found);
  const fragmentIsOurs =
    fragment.length > 0 &&
    (present.length > 1 || !startsInsideLine) &&
    next.subarray(0, fragment.length).equals(fragment);
  if (fragmentIsOurs) return Buffer.concat(rest).subarray(fragment.length);
  const open = fragment.length > 0 || (present.length === 0 && startsInsideLine);
  return Buffer.concat(open ? [Buffer.from([newline]), ...rest] : rest);
}

/** Lines with their newline; the last may lack it. */
function splitLines(bytes: Buffer): Buffer[] {
  const lines: Buffer[] = [];
  for (let start = 0; start < bytes.length;) {
    const end = bytes.indexOf(newline, start);
    const next = end < 0 ? bytes.length : end + 1;
    lines.push(bytes.subarray(start, next));
    start = next;
  }
  return lines;
}
