import { JsonFloat, printCompact, printPretty, type Json, type JsonStyle } from "../../json";
import type { JsonDialect, JsonMistake, JsonProblem } from "../../json-dialect";
import { parseJsonAs } from "../../json-parse";
import { OrchestratorFault } from "./fault";
import { printPythonFloat } from "./python-float";
import { codePointLength } from "./truncate";

/** Digits Python reads an integer of; a longer one is an error there too. */
const maximumDigits = 4300;
/** Below Python's own limit of recursion, which there is no catching of. */
const maximumDepth = 900;

/**
 * Reads one JSON text as Python's `json.loads` (spec/tos/orchestrator.md §3): of equal keys the last value in the first
 * one's place, `NaN` and the infinities, integers of any size, `1e999` as infinity, halves of surrogate pairs; a byte
 * order mark is refused. Throws `JsonSyntaxError` with Python's message: `Extra data: line 1 column 9 (char 8)`.
 */
export function parsePythonJson(text: string): Json {
  return parseJsonAs(pythonDialect, text);
}

/** One line with `", "` and `": "`, everything outside ASCII as it is: `json.dumps(value, ensure_ascii=False)`. */
export function printPythonCompact(value: Json): string {
  return printCompact(value, pythonStyle);
}

/** Two spaces per level and no newline at the end: `json.dumps(value, ensure_ascii=False, indent=2)`. */
export function printPythonIndented(value: Json): string {
  return printPretty(value, "", pythonStyle);
}

/**
 * The text of a file the orchestrator writes. Throws `OrchestratorFault` when a value holds half a surrogate pair, which
 * no UTF-8 file can hold; the reference dies at the same place.
 */
export function printPythonFile(file: string, document: Json): string {
  const text = printPythonIndented(document);
  const lone = /\p{Surrogate}/u.exec(text);
  if (lone === null) return text;
  const lines = text.slice(0, lone.index).split("\n");
  const field = /^ *"([^"]+)": /.exec(lines.at(-1) ?? "")?.[1] ?? "";
  const unit = lone[0].charCodeAt(0).toString(16);
  throw new OrchestratorFault(
    file,
    field,
    `expected text, found half a surrogate pair (U+${unit.toUpperCase()})`,
  );
}

const infinity = Number.POSITIVE_INFINITY;
const pythonDialect: JsonDialect = {
  maximumDepth,
  refusesByteOrderMark: true,
  lastKeyWins: true,
  keepsLoneSurrogates: true,
  numberWords: new Map([
    ["NaN", new JsonFloat(Number.NaN)],
    ["Infinity", new JsonFloat(infinity)],
    ["-Infinity", new JsonFloat(-infinity)],
  ]),
  number: (token, isInteger) => {
    if (!isInteger) return new JsonFloat(Number(token));
    if (token.length > maximumDigits + 1 || digitsOf(token) > maximumDigits) return null;
    const value = Number(token);
    if (!Number.isSafeInteger(value)) return BigInt(token);
    return value === 0 ? 0 : value;
  },
  describe: (problem, mistake) => {
    const [reason, at] = placed(problem, mistake);
    if (at === null) return reason;
    const before = mistake.text.slice(0, at);
    const line = before.split("\n").length;
    const column = codePointLength(before.slice(before.lastIndexOf("\n") + 1)) + 1;
    return `${reason}: line ${line} column ${column} (char ${codePointLength(before)})`;
  },
};

const digitsOf = (token: string): number => token.length - (token.startsWith("-") ? 1 : 0);

const reasons: Readonly<Record<Exclude<JsonProblem, "number">, string>> = {
  "byte order mark": "Unexpected UTF-8 BOM (decode using utf-8-sig)",
  colon: "Expecting ':' delimiter",
  "control character": "Invalid control character at",
  depth: "Nesting deeper than 900 levels",
  "duplicate key": "Duplicate key",
  "end of array": "Expecting ',' delimiter",
  "end of escape": "Unterminated string starting at",
  "end of object": "Expecting ',' delimiter",
  "end of string": "Unterminated string starting at",
  escape: "Invalid \\escape",
  key: "Expecting property name enclosed in double quotes",
  "lone surrogate": "Lone surrogate",
  trailing: "Extra data",
  "unicode escape": "Invalid \\uXXXX escape",
  value: "Expecting value",
};

/** Python's words for a mistake, and where Python sees it; null where it names no place. */
function placed(problem: JsonProblem, mistake: JsonMistake): [string, number | null] {
  if (problem === "number") {
    const digits = digitsOf(mistake.subject);
    return [
      `Exceeds the limit (${maximumDigits} digits) for integer string conversion: value has ${digits} digits`,
      null,
    ];
  }
  if (problem === "unicode escape") return [reasons[problem], mistake.begin + 1];
  return [reasons[problem], mistake.begin];
}

// Everything but quote, backslash and what is below U+0020 is literal, U+007F and halves of surrogate pairs too.
// oxlint-disable-next-line no-control-regex -- the control characters are what is to be escaped.
const escaped = /["\\\u0000-\u001f]/g;

const pythonStyle: JsonStyle = {
  comma: ", ",
  colon: ": ",
  string: (text) => `"${text.replace(escaped, (character) => JSON.stringify(character).slice(1, -1))}"`,
  float: (value) => {
    if (Number.isNaN(value)) return "NaN";
    return Number.isFinite(value) ? printPythonFloat(value) : value > 0 ? "Infinity" : "-Infinity";
  },
};
