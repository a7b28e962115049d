/** End of the string token that starts at `start` (just after its closing quote), in text that is known to be JSON. */
function stringEnd(text: string, start: number): number {
  let at = start + 1;
  while (text[at] !== '"') at += text[at] === "\\" ? 2 : 1;
  return at + 1;
}

/**
 * How often a key stands in the outermost object of a JSON text. `JSON.parse` keeps only the last of repeated keys,
 * where the reference refuses them. `text` must already have parsed as a JSON object.
 */
export function countTopLevelKeys(text: string, key: string): number {
  let depth = 0;
  let count = 0;
  let expectsKey = false;
  for (let at = 0; at < text.length;) {
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
  return count;
}
