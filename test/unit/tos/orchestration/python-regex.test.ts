import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { PatternError } from "#domain/tos/orchestration/pattern/source";
import { compilePythonPattern } from "#domain/tos/orchestration/python-regex";

// Every row was asked of Python 3.11: re.search(pattern, text, re.IGNORECASE).
test.each<[pattern: string, found: readonly string[], notFound: readonly string[]]>([
  ["Remove-Item.*-Recurse", ["remove-item a -RECURSE", "Remove-Item\r-Recurse"], ["remove-item a\n-recurse"]],
  ["^a.c$", ["abc", "ABC\n", "a\u2028c"], ["xabc", "abc\nd", "a\nc"]],
  ["\\Aa\\Z", ["a", "A"], ["a\n", "ba"]],
  ["\\bdel\\b", ["x del y", "日 del"], ["model", "日del", "del_"]],
  ["\\B", ["ab", "  "], ["", "a"]],
  ["^\\w+$", ["日本_1é²"], ["a-b", ""]],
  ["^\\d$", ["1", "٣"], ["²", "a"]],
  ["\\s", ["a\u001cb", "\u0085", "\u3000"], ["\ufeff", "a"]],
  ["^[\\W_]$", ["-", "_"], ["a", "1"]],
  ["^[]a]+$", ["]a"], ["b"]],
  ["^[^]a]$", ["b"], ["]", "A"]],
  ["^[a-c\\-z]$", ["B", "-", "z"], ["d"]],
  ["^[a&&b]$", ["&", "a"], ["c"]],
  ["a{2}", ["aa"], ["a{2}", "a"]],
  ["^a{,2}$", ["", "aa"], ["aaa"]],
  ["a{", ["a{"], ["a"]],
  ["^{a}]$", ["{a}]"], ["a"]],
  ["(?P<word>ab)-(?P=word)", ["AB-ab"], ["ab-a"]],
  ["(a)(b)\\2\\1", ["abba"], ["abab"]],
  ["(?i:A)b", ["aB"], ["b"]],
  ["(?s)a.c", ["a\nc"], ["ac"]],
  ["(?m)^b$", ["a\nb\nc"], ["ab"]],
  ["(?x) a b # and nothing more\n c", ["abc"], ["a b"]],
  ["(?s:a.)c.", ["a\ncd"], ["a\nc\n"]],
  ["(?a:\\d)", ["1"], ["٣"]],
  ["(?>a+)ab", [], ["aaab"]],
  ["a++b", ["aab"], ["aac"]],
  ["a*+a", [], ["aaa"]],
  ["(?<=a|b)c", ["xbc"], ["xc"]],
  ["(?<!a)c", ["bc", "c"], ["ac"]],
  ["x(?!y)", ["xz"], ["xy"]],
  ["(?=a)*b", ["b"], ["c"]],
  ["a(?#a note)b", ["ab"], ["a"]],
  ["\\x41\\u3042\\101\\0", ["Aあa\0"], ["A"]],
  ["[\\b]", ["\b"], ["b"]],
  ["ﬁ|ß", ["ẞ"], ["ss"]],
  ["kill", ["\u212aıLL"], ["k"]],
  ["a/b'\"`", ["A/B'\"`"], ["ab"]],
  ["", ["", "x"], []],
])("%s", (pattern, found, notFound) => {
  const compiled = compilePythonPattern(pattern);
  expect(found.filter((text) => !compiled.test(text))).toEqual([]);
  expect(notFound.filter((text) => compiled.test(text))).toEqual([]);
});

// Python's messages, as `str(error)`.
test.each([
  ["(", "missing ), unterminated subpattern at position 0"],
  ["ab(c", "missing ), unterminated subpattern at position 2"],
  ["a)", "unbalanced parenthesis at position 1"],
  ["*a", "nothing to repeat at position 0"],
  ["^*", "nothing to repeat at position 1"],
  ["{3}", "nothing to repeat at position 0"],
  ["a**", "multiple repeat at position 2"],
  ["a{3,2}", "min repeat greater than max repeat at position 2"],
  ["😀[a", "unterminated character set at position 1"],
  ["[z-a]", "bad character range z-a at position 1"],
  ["[\\d-z]", "bad character range \\d-z at position 1"],
  ["a\\", "bad escape (end of pattern) at position 1"],
  ["\\q", "bad escape \\q at position 0"],
  ["\\x4", "incomplete escape \\x4 at position 0"],
  ["\\777", "octal escape value \\777 outside of range 0-0o377 at position 0"],
  ["\\1", "invalid group reference 1 at position 1"],
  ["(a\\1)", "cannot refer to an open group at position 2"],
  ["(?P<1a>x)", "bad character in group name '1a' at position 4"],
  ["(?P<a>x)(?P<a>y)", "redefinition of group name 'a' as group 2; was group 1 at position 12"],
  ["(?P=b)", "unknown group name 'b' at position 4"],
  ["(?P>a)", "unknown extension ?P> at position 1"],
  ["(?<a>x)", "unknown extension ?<a at position 1"],
  ["(?z)", "unknown extension ?z at position 1"],
  ["(?#a", "missing ), unterminated comment at position 0"],
  ["a(?i)b", "global flags not at the start of the expression at position 1"],
  ["(?i-i:a)", "bad inline flags: flag turned on and off at position 5"],
  ["(?L)a", "bad inline flags: cannot use 'L' flag with a str pattern at position 3"],
  ["(?<=a+)b", "look-behind requires fixed-width pattern"],
])("%s is refused: %s", (pattern, message) => {
  expect(() => compilePythonPattern(pattern)).toThrow(new PatternError(message));
});

test.each([
  ["(a)?(?(1)b|c)", "a group that depends on another"],
  ["\\N{DIGIT ONE}", "a character by its name"],
  ["(?-i:a)", "heeding case"],
  ["(".repeat(100_000), "groups nested deeper than 250 levels"],
  ["(?<=(?>a))b", "an atomic group or possessive repeat inside a look-behind"],
])("%s has no equal here, and is refused rather than passed over", (pattern, reason) => {
  expect(() => compilePythonPattern(pattern)).toThrow(`cannot be used here: ${reason}`);
});

describe("text without a meaning", () => {
  /** As Python's `re.escape`. */
  const escape = (text: string): string => text.replace(/[\s()[\]{}?*+\-|^$\\.&~#]/gu, "\\$&");

  test("is found wherever it stands, in any case, and nowhere else", () => {
    const letters = fc
      .array(fc.constantFrom(...Array.from("aAbB.*([{\\^$|# -\n")), { maxLength: 4 })
      .map((parts) => parts.join(""));
    fc.assert(
      fc.property(letters, letters, (text, around) => {
        const compiled = compilePythonPattern(escape(text));
        expect(compiled.test(around)).toBe(around.toLowerCase().includes(text.toLowerCase()));
        expect(compiled.test(around + text.toUpperCase())).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  test("is found in itself, whatever characters it has", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(compilePythonPattern(escape(text)).test(`x${text}x`)).toBe(true);
      }),
      { numRuns: 100 },
    );
  });

  test("whatever the pattern, it is compiled or refused", () => {
    const pieces = [
      "(",
      ")",
      "[",
      "]",
      "{",
      "}",
      "?",
      "*",
      "+",
      "|",
      "\\",
      "a",
      "-",
      "1",
      ",",
      "^",
      "$",
      "P",
      "<",
      ">",
      "=",
      "!",
      ":",
      "#",
      "i",
      "x",
      "😀",
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 12 }), (parts) => {
        try {
          expect(compilePythonPattern(parts.join(""))).toBeInstanceOf(RegExp);
        } catch (error) {
          expect(error).toBeInstanceOf(PatternError);
        }
      }),
      { numRuns: 3000 },
    );
  });
});
