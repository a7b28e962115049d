import type { Json } from "./json";

/** What can be wrong with a text; every dialect has words of its own for it. */
export type JsonProblem =
  | "byte order mark"
  | "colon"
  | "control character"
  | "depth"
  | "duplicate key"
  | "end of array"
  | "end of escape"
  | "end of object"
  | "end of string"
  | "escape"
  | "key"
  | "lone surrogate"
  | "number"
  | "trailing"
  | "unicode escape"
  | "value";

/** Where a text went wrong; positions in UTF-16 units from its start. */
export interface JsonMistake {
  readonly text: string;
  /** How far it was read. */
  readonly at: number;
  /** Where the faulty thing begins: for a string without an end its quote, for an escape its backslash. */
  readonly begin: number;
  /** The key that stands twice, or the number that cannot be held; empty otherwise. */
  readonly subject: string;
}

/** In what one reader of JSON differs from another. */
export interface JsonDialect {
  /** Nesting past this is an error, so that hostile text cannot exhaust the stack. */
  readonly maximumDepth: number;
  readonly refusesByteOrderMark: boolean;
  /** Of two equal keys the last value counts, in the place of the first; otherwise they are an error. */
  readonly lastKeyWins: boolean;
  readonly keepsLoneSurrogates: boolean;
  /** Words that stand for numbers. */
  readonly numberWords: ReadonlyMap<string, Json>;
  /** The value of a number's token; null for one the dialect cannot hold. */
  readonly number: (token: string, isInteger: boolean) => Json | null;
  /** The message of the error. */
  readonly describe: (problem: JsonProblem, mistake: JsonMistake) => string;
}
