const shown = "[key]";

/** A function that takes the literal keys out of a text, also where an API repeats them in an error. */
export function keyRemover(keys: readonly string[]): (text: string) => string {
  // The longest first: one key may begin with another.
  const secrets = keys.filter((key) => key !== "").toSorted((left, right) => right.length - left.length);
  return (text) => secrets.reduce((cleaned, key) => cleaned.replaceAll(key, shown), text);
}
