import type { PatternPart } from "./escapes";
import type { PatternSource } from "./source";
import type { PatternState } from "./state";

interface Bounds {
  readonly minimum: number;
  /** Infinity for no limit. */
  readonly maximum: number;
}

/** Python's largest count. */
const maximumRepeat = 4_294_967_295;

/**
 * The bounds a repeat begins with, after its first character; null when a brace turns out to stand for itself, and then
 * nothing more than it was taken.
 */
export function readBounds(source: PatternSource, character: string): Bounds | null {
  if (character === "?") return { minimum: 0, maximum: 1 };
  if (character === "*") return { minimum: 0, maximum: Number.POSITIVE_INFINITY };
  if (character === "+") return { minimum: 1, maximum: Number.POSITIVE_INFINITY };
  const begin = source.position;
  if (source.next === "}") return null;
  const low = source.takeWhile(Number.POSITIVE_INFINITY, /^[0-9]$/);
  const high = source.match(",") ? source.takeWhile(Number.POSITIVE_INFINITY, /^[0-9]$/) : low;
  if (!source.match("}")) {
    source.seek(begin);
    return null;
  }
  const minimum = low === "" ? 0 : Number(low);
  const maximum = high === "" ? Number.POSITIVE_INFINITY : Number(high);
  if (minimum >= maximumRepeat || (high !== "" && maximum >= maximumRepeat)) {
    throw source.error("the repetition number is too large", source.position - begin);
  }
  if (maximum < minimum) {
    throw source.error("min repeat greater than max repeat", source.position - begin);
  }
  return { minimum, maximum };
}

/** The repeat of `item`, the part before it; `begin` is where the repeat's first character stands. */
export function repeatPart(
  source: PatternSource,
  state: PatternState,
  item: PatternPart | undefined,
  { minimum, maximum }: Bounds,
  begin: number,
): PatternPart {
  const back = source.position - begin;
  if (item === undefined || item.kind === "place") throw source.error("nothing to repeat", back);
  if (item.kind === "repeat") throw source.error("multiple repeat", back);
  const upper = maximum === Number.POSITIVE_INFINITY ? "" : String(maximum);
  const repeated = `(?:${item.code}){${minimum},${upper}}`;
  const width = {
    minimum: item.width.minimum * minimum,
    // A part that takes nothing takes nothing however often it stands there.
    maximum: item.width.maximum === 0 ? 0 : item.width.maximum * maximum,
  };
  if (source.match("?")) return { code: `${repeated}?`, width, kind: "repeat" };
  if (!source.match("+")) return { code: repeated, width, kind: "repeat" };
  return { code: atomic(state, repeated), width, kind: "repeat" };
}

/** What is matched once and not given back: looked at ahead, then taken as it was. */
export function atomic(state: PatternState, code: string): string {
  const name = state.atomicName();
  return `(?:(?=(?<${name}>${code}))\\k<${name}>)`;
}
