/** End of the string token that starts at `start` (just after its closing quote), in text that is known to be JSON. */
function stringEnd(text: string, start: number): number {
  let at = start + 1;
  while (text[at] !== '"') at += text[at] === "\\" ? 2 : 1;
  return at + 1;
}

/**
 * Whether a key stands more than once in the outermost object of a JSON text. `JSON.parse` keeps only the last of
 * repeated keys, where the reference refuses them. `text` must already have parsed as a JSON object.
 */
export function isRepeatedKey(text: string, key: string): boolean {
  // Nearly every line is decided here: written plainly once, and no escape that could spell it another way.
  const first = text.indexOf(`"${key}"`);
  if (!text.includes("\\u") && (first < 0 || text.indexOf(`"${key}"`, first + 1) < 0)) return false;
  let depth = 0;
  let count = 0;
  let expectsKey = false;
  for (let at = 0; at < text.length && count < 2;) {
    const character = text[at];
    if (character === '"') {
      const end = stringEnd(text, at);
      if (depth === 1 && expectsKey && JSON.parse(text.slice(at, end)) === key) count += 1;
      expectsKey = false;
      at = end;
      continue;
    }
    if (character === "{" || character === "[") depth += 1;
    if (character === "}" || character === "]") depth -= 1;
    if (depth === 1 && (character === "{" || character === ",")) expectsKey = true;
    at += 1;
  }
  return count > 1;
}
