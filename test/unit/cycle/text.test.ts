import fc from "fast-check";
import { expect, test } from "vitest";
import {
  compareBytes,
  isBlank,
  isPlainName,
  lowerAscii,
  splitWords,
  trimText,
  upperAscii,
  utf8Length,
} from "#domain/text";

test("trimming takes Unicode white space and nothing else", () => {
  expect(trimText("\u0085\u00a0\u3000\n x y \u2003")).toBe("x y");
  expect(trimText("\ufeffx\u200b")).toBe("\ufeffx\u200b");
  expect(isBlank("\u0085 ")).toBe(true);
});

test("case folding touches ASCII letters only", () => {
  expect(lowerAscii("ÄBZ\u212a")).toBe("Äbz\u212a");
  expect(upperAscii("äbzß")).toBe("äBZß");
});

test("strings are ordered as their UTF-8 bytes are", () => {
  const texts = fc.string({ unit: "binary" });
  fc.assert(
    fc.property(texts, texts, (left, right) => {
      const bytes = Buffer.compare(Buffer.from(left), Buffer.from(right));
      expect(Math.sign(compareBytes(left, right))).toBe(bytes);
    }),
    { numRuns: 2000 },
  );
  expect(compareBytes("\uff5e", "\u{1f680}")).toBeLessThan(0);
});

test("lengths are counted in UTF-8 bytes", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (text) => {
      expect(utf8Length(text)).toBe(Buffer.byteLength(text));
    }),
  );
});

test("words and plain names", () => {
  expect(splitWords("  a\u2003b\n\nc ")).toEqual(["a", "b", "c"]);
  expect([isPlainName("ops-1_A"), isPlainName(""), isPlainName("a b"), isPlainName("é")]).toEqual([
    true,
    false,
    false,
    false,
  ]);
});
