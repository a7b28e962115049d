import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { JsonFloat, type Json } from "#domain/json";
import { parsePythonJson } from "#domain/tos/orchestration/python-json";
import { pythonRepr, pythonText } from "#domain/tos/orchestration/python-repr";
import { exceeds, isTruthy, plusOne } from "#domain/tos/orchestration/python-values";
import { stripPython, unifyLineEnds } from "#domain/tos/orchestration/python-whitespace";
import { formatTimestamp } from "#domain/tos/orchestration/timestamps";
import { codePointLength, cutAfter, firstCodePoints } from "#domain/tos/orchestration/truncate";

// Written by Python 3.11: repr(json.loads(text)).
test.each([
  ["null", "None"],
  ["[true, false]", "[True, False]"],
  ['["powershell", "a\'b", "日本"]', `['powershell', "a'b", '日本']`],
  ['"both \' and \\""', `'both \\' and "'`],
  [
    '"a\\\\b\\n\\r\\t\\u0000\\u007f\\u0085\\u00a0\\u200b\\u3000 "',
    `'a\\\\b\\n\\r\\t\\x00\\x7f\\x85\\xa0\\u200b\\u3000 '`,
  ],
  ['"\\ud800\\udb40\\udc01😀"', `'\\ud800\\U000e0001😀'`],
  ['{"a": 1.0, "b": [1e22, NaN, -1e999]}', "{'a': 1.0, 'b': [1e+22, nan, -inf]}"],
  ["12345678901234567890", "12345678901234567890"],
])("repr of %s", (text, expected) => {
  expect(pythonRepr(parsePythonJson(text))).toBe(expected);
});

test("str leaves a text as it is", () => {
  expect([pythonText("it's"), pythonText(null), pythonText(7)]).toEqual(["it's", "None", "7"]);
});

test.each<[Json, boolean]>([
  [null, false],
  [0, false],
  [new JsonFloat(-0), false],
  [new JsonFloat(Number.NaN), true],
  ["", false],
  ["0", true],
  [[], false],
  [[0], true],
  [new Map(), false],
  [10n ** 20n, true],
])("truth of %o is %s", (value, truth) => {
  expect(isTruthy(value)).toBe(truth);
});

test("integers stay integers, however large; floats stay floats", () => {
  expect(plusOne(Number.MAX_SAFE_INTEGER)).toBe(9_007_199_254_740_992n);
  expect(plusOne(-(10n ** 30n))).toBe(-(10n ** 30n) + 1n);
  expect(plusOne(new JsonFloat(1.5))).toEqual(new JsonFloat(2.5));
  expect(exceeds(9_007_199_254_740_993n, new JsonFloat(9_007_199_254_740_992))).toBe(true);
  expect(exceeds(3, 3)).toBe(false);
});

describe("lengths and cuts count code points", () => {
  const anyText = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.array(fc.constantFrom("a", "語", "😀", "\ud83d", "\ude00")).map((parts) => parts.join("")),
  );

  test("as a text's own iterator does, halves of surrogate pairs included", () => {
    fc.assert(
      fc.property(anyText, fc.nat(20), (text, count) => {
        const points = Array.from(text);
        expect(codePointLength(text)).toBe(points.length);
        expect(firstCodePoints(text, count)).toBe(points.slice(0, count).join(""));
        const isCut = points.length > count;
        expect(cutAfter(text, count, "...")).toBe(points.slice(0, count).join("") + (isCut ? "..." : ""));
      }),
      { numRuns: 500 },
    );
  });
});

test("white space is Python's: U+001C and U+0085 are, U+FEFF is not", () => {
  expect(stripPython("\u001c\u0085\u3000\t x \ufeff\n")).toBe("x \ufeff");
  expect(stripPython(" \u2029 ")).toBe("");
  expect(unifyLineEnds("a\r\nb\rc\n\r\r\n")).toBe("a\nb\nc\n\n\n");
});

test("a timestamp has six digits of a second, or none at all", () => {
  const time = { year: 2025, month: 12, day: 3, hour: 23, minute: 9, second: 6, microsecond: 7283 };
  expect(formatTimestamp(time)).toBe("2025-12-03T23:09:06.007283");
  expect(formatTimestamp({ ...time, microsecond: 0 })).toBe("2025-12-03T23:09:06");
});
