import fc from "fast-check";
import { expect, test } from "vitest";
import {
  isJsonObject,
  JsonFloat,
  jsonEquals,
  jsonObject,
  printCompact,
  printPretty,
  sortKeys,
} from "#domain/json";
import { parseJson } from "#domain/json-parse";

test("reading agrees with JSON.parse on everything JSON.stringify writes", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = JSON.stringify(value);
      expect(JSON.parse(printCompact(parseJson(text)))).toEqual(JSON.parse(text));
      expect(JSON.parse(printPretty(parseJson(text)))).toEqual(JSON.parse(text));
    }),
    { numRuns: 500 },
  );
});

test.each([
  ["01", "trailing characters"],
  ["1.", "trailing characters"],
  [".5", "expected a JSON value"],
  ["+1", "expected a JSON value"],
  ["-", "expected a JSON value"],
  ["NaN", "expected a JSON value"],
  ["1e999", "number out of range"],
  ["tru", "expected a JSON value"],
  ['"a\nb"', "control character in a string at line 1 column 3"],
  ['"\\x"', "invalid escape"],
  ['"\\u12g4"', "invalid escape"],
  ['"\\ud800"', "lone half of a surrogate pair"],
  ['"abc', "string without an end"],
  ["[1,]", "expected a JSON value"],
  ["[1 2]", "expected `,` or `]`"],
  ['{"a" 1}', "expected `:`"],
  ["{a:1}", "expected a quoted key"],
  ['{"a":1,}', "expected a quoted key"],
  ['{"a":{"b":1,"b":2}}', 'duplicate key "b" at line 1'],
  ["{}\n{}", "trailing characters after the JSON value at line 2 column 1"],
  ["\u00a01", "expected a JSON value"],
])("%j is not JSON", (text, message) => {
  expect(() => parseJson(text)).toThrow(message);
});

test("escapes, pairs and odd keys are read as they are", () => {
  expect(parseJson('"\\u00e9\\n\\/\\ud83d\\ude80"')).toBe("é\n/🚀");
  const value = parseJson('{"__proto__":1,"2":2,"1":3}');
  expect(isJsonObject(value) && [...value]).toEqual([
    ["__proto__", 1],
    ["2", 2],
    ["1", 3],
  ]);
});

test("integers and floats stay apart, and large integers exact", () => {
  expect(printCompact(parseJson("[1,1.0,1e2,-0,18446744073709551615,-9223372036854775808,0.1]"))).toBe(
    "[1,1.0,100.0,-0.0,18446744073709551615,-9223372036854775808,0.1]",
  );
  expect(jsonEquals(1, new JsonFloat(1))).toBe(false);
  expect(jsonEquals(parseJson("1e2"), parseJson("100.0"))).toBe(true);
});

test.each([
  [1e16, "1e16"],
  [1e15, "1000000000000000.0"],
  [1.5e300, "1.5e300"],
  [1e-5, "0.00001"],
  [1e-6, "1e-6"],
  [-2.5, "-2.5"],
])("the float %d is written %s", (value, text) => {
  expect(printCompact(new JsonFloat(value))).toBe(text);
});

test("pretty printing closes empty lists at once and ends without a newline", () => {
  const value = jsonObject({ b: [], a: jsonObject({}), c: [1, jsonObject({ d: "é\u2028" })] });
  expect(printPretty(value)).toBe(
    '{\n  "b": [],\n  "a": {},\n  "c": [\n    1,\n    {\n      "d": "é\u2028"\n    }\n  ]\n}',
  );
});

test("keys are sorted by their UTF-8 bytes at every level", () => {
  const value = jsonObject({ "\u{1f680}": 1, "\uff5e": 2, z: [jsonObject({ b: 1, a: 2 })], Z: 3 });
  expect(printCompact(sortKeys(value))).toBe('{"Z":3,"z":[{"a":2,"b":1}],"\uff5e":2,"\u{1f680}":1}');
});

test("equality looks at values, not at the order of keys", () => {
  expect(jsonEquals(parseJson('{"a":1,"b":[true,null]}'), parseJson('{"b":[true,null],"a":1}'))).toBe(true);
  for (const other of ['{"a":1}', '{"a":1,"b":[true]}', '{"a":1,"c":[true,null]}', "[]", "null", '"x"']) {
    expect(jsonEquals(parseJson('{"a":1,"b":[true,null]}'), parseJson(other))).toBe(false);
  }
});
