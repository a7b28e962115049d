import { nothingWide, type PatternPart } from "./escapes";
import { readFlags, withFlags } from "./flags";
import type { Reading } from "./reading";
import { atomic } from "./repeat";
import { PatternError, type PatternSource } from "./source";
import type { PatternState } from "./state";

/** Nesting past this is refused, so that hostile patterns cannot exhaust the stack; Python gives up at about as many. */
const maximumDepth = 250;

/**
 * Reads a group after its `(`. Null for a comment, `flags` when it set flags of the whole pattern, which only its very
 * beginning may (`mayBeGlobal`).
 */
export function readGroup(
  source: PatternSource,
  state: PatternState,
  reading: Reading,
  mayBeGlobal: boolean,
): PatternPart | "flags" | null {
  const begin = source.position - 1;
  if (!source.match("?")) return capture(source, state, reading, begin, null);
  const character = takeExtension(source);
  switch (character) {
    case "P":
      return readNamed(source, state, reading, begin);
    case ":":
      return enclosed(parseInside(source, state, reading, begin));
    case ">": {
      const inside = parseInside(source, state, reading, begin);
      return { ...inside, code: atomic(state, inside.code), kind: "item" };
    }
    case "#":
      skipComment(source, begin);
      return null;
    case "=":
    case "!":
      return look(character, "", parseInside(source, state, reading, begin));
    case "<":
      return readLookBehind(source, state, reading, begin);
    case "(":
      throw new PatternError("cannot be used here: a group that depends on another ((?(1)…))");
    default:
      return readFlagged(source, state, reading, begin, character, mayBeGlobal);
  }
}

function readNamed(source: PatternSource, state: PatternState, reading: Reading, begin: number): PatternPart {
  if (source.match("<")) {
    return capture(source, state, reading, begin, checkedName(source, source.takeUntil(">", "group name")));
  }
  if (!source.match("=")) {
    const character = takeExtension(source);
    throw source.error(`unknown extension ?P${character}`, character.length + 2);
  }
  const name = checkedName(source, source.takeUntil(")", "group name"));
  const group = state.numberOf(name);
  if (group === undefined) throw source.error(`unknown group name '${name}'`, name.length + 1);
  return { code: `\\k<g${group}>`, width: state.widthOf(source, group, name.length + 1), kind: "item" };
}

function capture(
  source: PatternSource,
  state: PatternState,
  reading: Reading,
  begin: number,
  name: string | null,
): PatternPart {
  const group = state.openGroup(source, name);
  const inside = parseInside(source, state, reading, begin);
  state.closeGroup(group, inside.width);
  return { ...inside, code: `(?<g${group}>${inside.code})` };
}

function readLookBehind(
  source: PatternSource,
  state: PatternState,
  reading: Reading,
  begin: number,
): PatternPart {
  const character = takeExtension(source);
  if (character !== "=" && character !== "!") {
    throw source.error(`unknown extension ?<${character}`, character.length + 2);
  }
  const outer = state.lookBehindGroups;
  state.lookBehindGroups = outer ?? state.groups;
  const inside = parseInside(source, state, reading, begin);
  state.lookBehindGroups = outer;
  if (inside.width.minimum !== inside.width.maximum) {
    throw new PatternError("look-behind requires fixed-width pattern");
  }
  return look(character, "<", inside);
}

function readFlagged(
  source: PatternSource,
  state: PatternState,
  reading: Reading,
  begin: number,
  character: string,
  mayBeGlobal: boolean,
): PatternPart | "flags" {
  if (!/^[-iLmsxau]$/.test(character)) {
    throw source.error(`unknown extension ?${character}`, character.length + 1);
  }
  const inline = readFlags(source, character);
  if (!inline.global) {
    const flags = withFlags(reading.flags, inline);
    return enclosed(parseInside(source, state, { ...reading, flags }, begin));
  }
  if (!mayBeGlobal) {
    throw source.error("global flags not at the start of the expression", source.position - begin);
  }
  state.flags = withFlags(state.flags, inline);
  return "flags";
}

/** What stands in a group, and its `)`. */
function parseInside(
  source: PatternSource,
  state: PatternState,
  reading: Reading,
  begin: number,
): PatternPart {
  if (reading.depth > maximumDepth) {
    throw new PatternError(`cannot be used here: groups nested deeper than ${maximumDepth} levels`);
  }
  const inside = reading.alternatives(source, state, reading);
  if (!source.match(")")) {
    throw source.error("missing ), unterminated subpattern", source.position - begin);
  }
  return inside;
}

const enclosed = (inside: PatternPart): PatternPart => ({ ...inside, code: `(?:${inside.code})` });

/** Looking ahead or behind takes nothing, and Python lets it be repeated. */
function look(character: "=" | "!", direction: "" | "<", inside: PatternPart): PatternPart {
  return { code: `(?:(?${direction}${character}${inside.code}))`, width: nothingWide, kind: "item" };
}

function skipComment(source: PatternSource, begin: number): void {
  for (let character = source.take(); character !== ")"; character = source.take()) {
    if (character === null) throw source.error("missing ), unterminated comment", source.position - begin);
  }
}

function takeExtension(source: PatternSource): string {
  const character = source.take();
  if (character === null) throw source.error("unexpected end of pattern");
  return character;
}

function checkedName(source: PatternSource, name: string): string {
  if (/^[\p{ID_Start}_][\p{ID_Continue}]*$/u.test(name)) return name;
  throw source.error(`bad character in group name '${name}'`, name.length + 1);
}
