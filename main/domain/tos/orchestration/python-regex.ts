/** A pattern Python would refuse, or one that has no equal here. */
export class PatternError extends Error {
  override name = "PatternError";
}

/** Compiles a pattern of Python as `re.search(pattern, text, re.IGNORECASE)` uses it. */
export function compilePythonPattern(pattern: string): RegExp {
  try {
    return new RegExp(pattern, "iu");
  } catch (error) {
    throw new PatternError(error instanceof Error ? error.message : String(error));
  }
}
