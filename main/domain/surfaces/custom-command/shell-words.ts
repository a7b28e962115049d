const blank = /[ \t\n]/;

/**
 * Splits a command line into words the way a POSIX shell would, without expanding anything: quotes group, a backslash
 * takes the next character as it is, `#` at the start of a word begins a comment. Null when a quote is not closed.
 */
export function splitShellWords(line: string): string[] | null {
  const words: string[] = [];
  let word: string | null = null;
  for (let index = 0; index < line.length; index += 1) {
    const character = line.charAt(index);
    if (blank.test(character)) {
      if (word !== null) words.push(word);
      word = null;
    } else if (character === "#" && word === null) {
      const end = line.indexOf("\n", index);
      index = end < 0 ? line.length : end;
    } else if (character === "'") {
      const end = line.indexOf("'", index + 1);
      if (end < 0) return null;
      word = (word ?? "") + line.slice(index + 1, end);
      index = end;
    } else if (character === '"') {
      const quoted = readDoubleQuoted(line, index + 1);
      if (quoted === null) return null;
      word = (word ?? "") + quoted.text;
      index = quoted.end;
    } else if (character === "\\") {
      index += 1;
      const next = line.charAt(index);
      // A backslash before a line end joins the lines; one at the very end stands for itself.
      if (next !== "\n") word = (word ?? "") + (next === "" ? "\\" : next);
    } else {
      word = (word ?? "") + character;
    }
  }
  if (word !== null) words.push(word);
  return words;
}

/** Text up to the closing quote, and where that is. */
function readDoubleQuoted(
  line: string,
  start: number,
): { readonly text: string; readonly end: number } | null {
  let text = "";
  for (let index = start; index < line.length; index += 1) {
    const character = line.charAt(index);
    if (character === '"') return { text, end: index };
    if (character !== "\\") {
      text += character;
      continue;
    }
    index += 1;
    const next = line.charAt(index);
    if (next === "\n") continue;
    text += /[$`"\\]/.test(next) ? next : `\\${next}`;
  }
  return null;
}
