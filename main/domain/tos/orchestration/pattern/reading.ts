import type { PatternPart } from "./escapes";
import type { PatternSource } from "./source";
import type { PatternFlags, PatternState } from "./state";

/** How a stretch of a pattern is to be read. */
export interface Reading {
  readonly flags: PatternFlags;
  /** Groups around it. */
  readonly depth: number;
  /** Reads alternatives up to the end or a closing parenthesis, which stays. */
  readonly alternatives: (source: PatternSource, state: PatternState, reading: Reading) => PatternPart;
}
