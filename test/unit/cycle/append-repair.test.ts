import fc from "fast-check";
import { expect, test } from "vitest";
import { missingLines } from "../../../main/runner/append-repair";

const newline = 0x0a;
const ours = "first é\nsecond\nthird\n";

function repaired(before: number | null, tail: string | Uint8Array, text = ours): string {
  const present = Buffer.from(tail);
  return Buffer.concat([present, missingLines(before, present, Buffer.from(text))]).toString("latin1");
}

const latin = (text: string) => Buffer.from(text).toString("latin1");

test("however much of the lines was written, they stand there once", () => {
  const bytes = Buffer.from(ours);
  for (let written = 0; written <= bytes.length; written += 1) {
    for (const before of [null, newline]) {
      expect(repaired(before, bytes.subarray(0, written))).toBe(latin(ours));
    }
  }
});

test("after a stranger's half line ours begin on a line of their own, wherever the write stopped", () => {
  const bytes = Buffer.from(`\n${ours}`);
  for (let written = 0; written <= bytes.length; written += 1) {
    expect(repaired(0x7d, bytes.subarray(0, written))).toBe(latin(`\n${ours}`));
  }
});

test("a stranger who finished his half line first is kept", () => {
  expect(repaired(0x22, 'rest"}\n')).toBe(latin(`rest"}\n${ours}`));
});

test("strangers' lines between ours do not make them be written again", () => {
  fc.assert(
    fc.property(fc.nat(3), fc.array(fc.nat(3), { maxLength: 5 }), (written, places) => {
      const lines = ours.split(/(?<=\n)/).slice(0, written);
      for (const place of places) lines.splice(Math.min(place, lines.length), 0, "stranger\n");
      const result = repaired(newline, lines.join(""));
      const found = result.split(/(?<=\n)/).filter((line) => line !== "stranger\n");
      expect(found.join("")).toBe(latin(ours));
    }),
  );
});

test("a line that was torn and then built upon by a stranger is written anew", () => {
  expect(repaired(null, "first é\nsecSTRANGER\n")).toBe(latin("first é\nsecSTRANGER\nsecond\nthird\n"));
});

test("nothing to write is nothing written", () => {
  expect(repaired(0x7d, "", "")).toBe("");
});
