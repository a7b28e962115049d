import { readSet } from "./character-set";
import { literal } from "./characters";
import { nothingWide, oneWide, readEscape, type PatternPart } from "./escapes";
import { readGroup } from "./group";
import type { Reading } from "./reading";
import { readBounds, repeatPart } from "./repeat";
import type { PatternSource } from "./source";
import type { PatternFlags, PatternState } from "./state";

/** Reads a whole pattern, up to its end or a parenthesis too many. */
export function parsePattern(source: PatternSource, state: PatternState): PatternPart {
  return parseAlternatives(source, state, {
    flags: state.flags,
    depth: 0,
    alternatives: parseAlternatives,
  });
}

/** Reads alternatives up to the end or a closing parenthesis, which stays. */
function parseAlternatives(source: PatternSource, state: PatternState, reading: Reading): PatternPart {
  const branches: PatternPart[] = [];
  do {
    const flags = reading.depth > 0 ? reading.flags : state.flags;
    branches.push(parseBranch(source, state, { ...reading, flags }, branches.length === 0));
  } while (source.match("|"));
  return {
    code:
      branches.length === 1 ? (branches[0]?.code ?? "") : `(?:${branches.map(({ code }) => code).join("|")})`,
    width: {
      minimum: Math.min(...branches.map(({ width }) => width.minimum)),
      maximum: Math.max(...branches.map(({ width }) => width.maximum)),
    },
    kind: "item",
  };
}

function parseBranch(
  source: PatternSource,
  state: PatternState,
  reading: Reading,
  first: boolean,
): PatternPart {
  const parts: PatternPart[] = [];
  let { flags } = reading;
  while (source.next !== null && source.next !== "|" && source.next !== ")") {
    const begin = source.position;
    const character = source.take() ?? "";
    if (flags.verbose && skipsVerbose(source, character)) continue;
    if (character === "(") {
      const mayBeGlobal = first && reading.depth === 0 && parts.length === 0;
      const group = readGroup(source, state, { ...reading, flags, depth: reading.depth + 1 }, mayBeGlobal);
      if (group === "flags") ({ flags } = state);
      else if (group !== null) parts.push(group);
      continue;
    }
    const bounds = "*+?{".includes(character) ? readBounds(source, character) : null;
    if (bounds === null) parts.push(readPart(source, state, flags, character));
    else parts.push(repeatPart(source, state, parts.pop(), bounds, begin));
  }
  return {
    code: parts.map(({ code }) => code).join(""),
    width: {
      minimum: parts.reduce((sum, { width }) => sum + width.minimum, 0),
      maximum: parts.reduce((sum, { width }) => sum + width.maximum, 0),
    },
    kind: "item",
  };
}

function readPart(
  source: PatternSource,
  state: PatternState,
  flags: PatternFlags,
  character: string,
): PatternPart {
  if (character.startsWith("\\")) return readEscape(source, state, flags, character);
  switch (character) {
    case "[":
      return readSet(source, flags);
    case ".":
      return { code: flags.dotAll ? "[\\s\\S]" : "[^\\n]", width: oneWide, kind: "item" };
    case "^":
      return { code: flags.multiline ? "(?:^|(?<=\\n))" : "^", width: nothingWide, kind: "place" };
    case "$":
      return { code: flags.multiline ? "(?=\\n|$)" : "(?=\\n?$)", width: nothingWide, kind: "place" };
    default:
      return { code: literal(character.codePointAt(0) ?? 0), width: oneWide, kind: "item" };
  }
}

/** In a verbose pattern white space means nothing, and neither does the rest of a line after `#`. */
function skipsVerbose(source: PatternSource, character: string): boolean {
  if (" \t\n\r\v\f".includes(character)) return true;
  if (character !== "#") return false;
  for (let skipped = source.take(); skipped !== null && skipped !== "\n"; skipped = source.take());
  return true;
}
