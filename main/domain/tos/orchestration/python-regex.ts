import { parsePattern } from "./pattern/parse";
import { PatternError, PatternSource } from "./pattern/source";
import { PatternState } from "./pattern/state";

/**
 * Compiles a pattern of Python as `re.search(pattern, text, re.IGNORECASE)` uses it (spec/tos/orchestrator.md §4): `.`
 * stops at line feeds only, `$` holds before a last one too, `\w`, `\d`, `\s` and `\b` are Unicode's, `{` and `]` may
 * stand for themselves; named groups, inline flags, possessive repeats and atomic groups are translated. Only to be
 * tested against a text, not to be read captures from. Throws `PatternError` for what Python 3.11 refuses, in its words,
 * and for what has no equal here (conditional groups, `\N{…}`, `(?-i:…)`): a pattern that denies is never passed over.
 * Two things stay JavaScript's: a reference to a group that took no part is empty, and ASCII's `\w` (`(?a)`) takes `ſ`
 * and the Kelvin sign for `s` and `k`.
 */
export function compilePythonPattern(pattern: string): RegExp {
  const source = new PatternSource(pattern);
  const state = new PatternState();
  const whole = parsePattern(source, state);
  if (source.next !== null) throw source.error("unbalanced parenthesis");
  try {
    return new RegExp(whole.code, "iv");
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new PatternError(`cannot be used here: ${error.message}`);
  }
}
