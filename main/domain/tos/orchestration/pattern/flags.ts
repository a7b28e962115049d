import { PatternError, type PatternSource } from "./source";
import type { PatternFlags } from "./state";

const letters = "iLmsxau";
const isLetter = (character: string): boolean => /^\p{L}$/u.test(character);

/** Inline flags: for the rest of the pattern, or for one group. */
export interface InlineFlags {
  readonly global: boolean;
  readonly on: string;
  readonly off: string;
}

/** Reads inline flags from their first character on, to the `)` or `:` that ends them. */
export function readFlags(source: PatternSource, first: string): InlineFlags {
  let on = "";
  let character = first;
  while (character !== ")" && character !== "-" && character !== ":") {
    on += acceptFlag(source, on, character);
    character = nextFlag(source, ")-:", "missing -, : or )");
  }
  if (character === ")") return { global: true, on, off: "" };
  let off = "";
  if (character === "-") {
    character = nextFlag(source, "", "missing flag");
    while (character !== ":") {
      if (/[auL]/.test(character)) {
        throw source.error("bad inline flags: cannot turn off flags 'a', 'u' and 'L'");
      }
      off += character;
      character = nextFlag(source, ":", "missing :");
    }
  }
  if (Array.from(on).some((flag) => off.includes(flag))) {
    throw source.error("bad inline flags: flag turned on and off", 1);
  }
  return { global: false, on, off };
}

/** The flags with some turned on and off. Case is ignored from the beginning, and stays so. */
export function withFlags(flags: PatternFlags, { on, off }: InlineFlags): PatternFlags {
  if (off.includes("i")) throw new PatternError("cannot be used here: heeding case in a part of the pattern");
  const set = (flag: string, was: boolean): boolean => (was || on.includes(flag)) && !off.includes(flag);
  return {
    dotAll: set("s", flags.dotAll),
    multiline: set("m", flags.multiline),
    verbose: set("x", flags.verbose),
    ascii: set("a", flags.ascii) && !on.includes("u"),
  };
}

function acceptFlag(source: PatternSource, before: string, flag: string): string {
  if (flag === "L") throw source.error("bad inline flags: cannot use 'L' flag with a str pattern");
  if ((flag === "a" && before.includes("u")) || (flag === "u" && before.includes("a"))) {
    throw source.error("bad inline flags: flags 'a', 'u' and 'L' are incompatible");
  }
  return flag;
}

function nextFlag(source: PatternSource, ends: string, missing: string): string {
  const character = source.take();
  if (character === null) throw source.error(missing);
  if (ends.includes(character) || letters.includes(character)) return character;
  throw source.error(isLetter(character) ? "unknown flag" : missing, character.length);
}
