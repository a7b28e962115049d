import { categoryClass, classLiteral, classRange } from "./characters";
import { oneWide, readClassEscape, type PatternPart } from "./escapes";
import type { PatternSource } from "./source";
import type { PatternFlags } from "./state";

interface SetMember {
  readonly code: string;
  /** Null for a category, which cannot be an end of a range. */
  readonly point: number | null;
}

/** A character set, after its `[`. A `]` at its very beginning stands for itself. */
export function readSet(source: PatternSource, flags: PatternFlags): PatternPart {
  const begin = source.position - 1;
  const unterminated = (): never => {
    throw source.error("unterminated character set", source.position - begin);
  };
  const negated = source.match("^");
  let members = "";
  for (let first = true; ; first = false) {
    const character = source.take() ?? unterminated();
    if (character === "]" && !first) break;
    const low = readMember(source, flags, character);
    if (!source.match("-")) {
      members += low.code;
      continue;
    }
    const end = source.take() ?? unterminated();
    if (end === "]") {
      members += low.code + classLiteral(0x2d);
      break;
    }
    const high = readMember(source, flags, end);
    if (low.point === null || high.point === null || high.point < low.point) {
      throw source.error(`bad character range ${character}-${end}`, character.length + 1 + end.length);
    }
    members += classRange(low.point, high.point);
  }
  return { code: `[${negated ? "^" : ""}${members}]`, width: oneWide, kind: "item" };
}

function readMember(source: PatternSource, flags: PatternFlags, character: string): SetMember {
  const point = character.startsWith("\\")
    ? readClassEscape(source, character)
    : (character.codePointAt(0) ?? 0);
  if (point !== null) return { code: classLiteral(point), point };
  return { code: categoryClass(character.slice(1), flags.ascii) ?? "", point };
}
