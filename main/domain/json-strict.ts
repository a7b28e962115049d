import { JsonFloat } from "./json";
import type { JsonDialect, JsonMistake, JsonProblem } from "./json-dialect";

const strictTexts: Readonly<Record<Exclude<JsonProblem, "duplicate key" | "value">, string>> = {
  "byte order mark": "byte order mark before the JSON value",
  colon: "expected `:` after a key",
  "control character": "control character in a string",
  depth: "nesting deeper than 128 levels",
  "end of array": "expected `,` or `]`",
  "end of escape": "invalid escape in a string",
  "end of object": "expected `,` or `}`",
  "end of string": "string without an end",
  escape: "invalid escape in a string",
  key: "expected a quoted key",
  "lone surrogate": "lone half of a surrogate pair in a string",
  number: "number out of range",
  trailing: "trailing characters after the JSON value",
  "unicode escape": "invalid escape in a string",
};

function strictReason(problem: JsonProblem, { text, at, subject }: JsonMistake): string {
  if (problem === "duplicate key") return `duplicate key ${JSON.stringify(subject)}`;
  if (problem === "value") return at < text.length ? "expected a JSON value" : "unexpected end of text";
  return strictTexts[problem];
}

/** JSON as the surfaces have it (spec/tau/surfaces.md §0). Line and column of an error count from 1. */
export const strictDialect: JsonDialect = {
  maximumDepth: 128,
  refusesByteOrderMark: false,
  lastKeyWins: false,
  keepsLoneSurrogates: false,
  numberWords: new Map(),
  number: (token, isInteger) => {
    const value = Number(token);
    if (isInteger && token !== "-0") {
      if (Number.isSafeInteger(value)) return value;
      const exact = BigInt(token);
      if (BigInt.asUintN(64, exact) === exact || BigInt.asIntN(64, exact) === exact) return exact;
    }
    return Number.isFinite(value) ? new JsonFloat(value) : null;
  },
  describe: (problem, mistake) => {
    const before = mistake.text.slice(0, mistake.at);
    const column = mistake.at - before.lastIndexOf("\n");
    return `${strictReason(problem, mistake)} at line ${before.split("\n").length} column ${column}`;
  },
};
