/** Pretty-prints a record when it is JSON; anything else comes back as it is. */
export function prettyRecord(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

/** First line of a text, cut to `maximum` characters with an ellipsis. */
export function firstLine(text: string, maximum: number): string {
  const line = text.split("\n", 1)[0] ?? "";
  return line.length > maximum ? `${line.slice(0, maximum - 1)}…` : line;
}
