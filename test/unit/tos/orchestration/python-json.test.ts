import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isJsonArray, isJsonObject, JsonFloat, type Json } from "#domain/json";
import { OrchestratorFault } from "#domain/tos/orchestration/fault";
import {
  parsePythonJson,
  printPythonCompact,
  printPythonFile,
  printPythonIndented,
} from "#domain/tos/orchestration/python-json";

/** Any value Python's reader can give: integers of any size, floats with their odd ones, halves of surrogate pairs. */
const anyText = fc
  .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 6 })
  .map((units) => String.fromCharCode(...units));
const anyInteger = fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n }).map((value) => {
  const plain = Number(value);
  return Number.isSafeInteger(plain) ? plain : value;
});
const { value: anyValue } = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(null, true, false),
    fc.integer(),
    anyInteger,
    fc.double().map((value) => new JsonFloat(value)),
    anyText,
    fc.array(tie("value"), { maxLength: 4 }),
    fc.array(fc.tuple(anyText, tie("value")), { maxLength: 4 }).map((entries) => new Map(entries)),
  ),
}));

/** Equality with the order of keys, and with NaN and -0 as they are. */
function same(left: Json, right: Json): boolean {
  if (left instanceof JsonFloat) return right instanceof JsonFloat && Object.is(left.value, right.value);
  if (isJsonArray(left)) {
    return (
      isJsonArray(right) &&
      left.length === right.length &&
      left.every((item, at) => same(item, right[at] ?? null))
    );
  }
  if (!isJsonObject(left)) return left === right;
  if (!isJsonObject(right)) return false;
  const [mine, theirs] = [[...left], [...right]];
  return (
    mine.length === theirs.length &&
    mine.every(([key, value], at) => key === theirs[at]?.[0] && same(value, theirs[at]?.[1] ?? null))
  );
}

describe("reading and printing", () => {
  test("every value comes back as it was, compact and indented", () => {
    fc.assert(
      fc.property(anyValue, (value) => {
        expect(same(parsePythonJson(printPythonCompact(value)), value)).toBe(true);
        expect(same(parsePythonJson(printPythonIndented(value)), value)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test("agree with JSON.parse wherever the text is strict JSON", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(undefined, 2), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        expect(JSON.parse(printPythonCompact(parsePythonJson(text)))).toEqual(JSON.parse(text));
      }),
      { numRuns: 300 },
    );
  });

  // Written by Python 3.11: json.dumps(json.loads(text), ensure_ascii=False).
  test.each([
    ["1.0", "1.0"],
    ["1e5", "100000.0"],
    ["1e-7", "1e-07"],
    ["0.0001", "0.0001"],
    ["0.00001", "1e-05"],
    ["1e15", "1000000000000000.0"],
    ["1e16", "1e+16"],
    ["1e22", "1e+22"],
    ["1.5e300", "1.5e+300"],
    ["5e-324", "5e-324"],
    ["123456.789", "123456.789"],
    ["100000000000000000000.0", "1e+20"],
    ["-0.0", "-0.0"],
    ["-0", "0"],
    ["1e999", "Infinity"],
    ["-1e999", "-Infinity"],
    ["-Infinity", "-Infinity"],
    ["NaN", "NaN"],
    ["9007199254740993", "9007199254740993"],
    ["-123456789012345678901234567890", "-123456789012345678901234567890"],
    ['{"2": 1, "1": 2, "2": 3}', '{"2": 3, "1": 2}'],
    ['"\\u00e9\\ud83d\\ude00\\/\\u007f\\u2028"', '"é😀/\u007f\u2028"'],
    ['"\\b\\f\\n\\r\\t\\u0001\\u001F"', '"\\b\\f\\n\\r\\t\\u0001\\u001f"'],
    ['"\\ud800x"', '"\ud800x"'],
    [" [ 1 ,\t{ } , [ ] ]\r\n", "[1, {}, []]"],
    ['{"__proto__": {"a": 1}}', '{"__proto__": {"a": 1}}'],
  ])("%s is printed %s", (text, compact) => {
    expect(printPythonCompact(parsePythonJson(text))).toBe(compact);
  });

  test("a million digits are refused, and so is nesting without end", () => {
    expect(() => parsePythonJson("1".repeat(4301))).toThrow("Exceeds the limit (4300 digits)");
    expect(printPythonCompact(parsePythonJson(`-${"1".repeat(4300)}`))).toHaveLength(4301);
    expect(() => parsePythonJson("[".repeat(100_000))).toThrow("Nesting deeper than 900 levels");
    expect(printPythonCompact(parsePythonJson("[".repeat(900) + "]".repeat(900)))).toHaveLength(1800);
  });
});

// Written by Python 3.11; positions count code points.
test.each([
  ["", "Expecting value: line 1 column 1 (char 0)"],
  ["\ufeff{}", "Unexpected UTF-8 BOM (decode using utf-8-sig): line 1 column 1 (char 0)"],
  ['{"😀":1} x', "Extra data: line 1 column 9 (char 8)"],
  ['{"a"\n: 1,\n 2}', "Expecting property name enclosed in double quotes: line 3 column 2 (char 11)"],
  ['{"a" 1}', "Expecting ':' delimiter: line 1 column 6 (char 5)"],
  ['{"a": 1 "b"}', "Expecting ',' delimiter: line 1 column 9 (char 8)"],
  ["[1 2]", "Expecting ',' delimiter: line 1 column 4 (char 3)"],
  ["[1,]", "Expecting value: line 1 column 4 (char 3)"],
  ["[", "Expecting value: line 1 column 2 (char 1)"],
  ['"日本', "Unterminated string starting at: line 1 column 1 (char 0)"],
  ['["\\', "Unterminated string starting at: line 1 column 2 (char 1)"],
  ['"a\tb"', "Invalid control character at: line 1 column 3 (char 2)"],
  ['"\\q"', "Invalid \\escape: line 1 column 2 (char 1)"],
  ['"\\u12g4"', "Invalid \\uXXXX escape: line 1 column 3 (char 2)"],
  ["01", "Extra data: line 1 column 2 (char 1)"],
  ["-", "Expecting value: line 1 column 1 (char 0)"],
  ["nul", "Expecting value: line 1 column 1 (char 0)"],
])("%j: %s", (text, message) => {
  expect(() => parsePythonJson(text)).toThrow(message);
});

test("half a surrogate pair goes into a prompt, and into no file", () => {
  const document = new Map<string, Json>([
    ["phase", "execute"],
    ["draft", new Map([["thought", "\udc00"]])],
  ]);
  expect(printPythonCompact(document)).toContain("\udc00");
  expect(() => printPythonFile("step_001.json", document)).toThrow(OrchestratorFault);
  expect(() => printPythonFile("step_001.json", document)).toThrow(
    "step_001.json: thought: expected text, found half a surrogate pair (U+DC00)",
  );
  expect(printPythonFile("step_001.json", new Map([["draft", "😀"]]))).toBe('{\n  "draft": "😀"\n}');
});
