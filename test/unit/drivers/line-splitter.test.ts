import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LineSplitter, maximumLineBytes } from "../../../main/drivers/line-splitter";

function split(text: string, cuts: readonly number[], maximumLines = 1_000_000): string[] {
  const bytes = Buffer.from(text);
  const splitter = new LineSplitter();
  const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).toSorted((a, b) => a - b), bytes.length];
  const lines = places
    .slice(1)
    .flatMap((end, index) => splitter.push(bytes.subarray(places[index], end), maximumLines));
  return [...lines, ...splitter.end()];
}

describe("bytes to lines", () => {
  it("gives the same lines wherever the chunks are cut, also inside a character", () => {
    const text = fc.array(fc.string({ unit: fc.constantFrom("a", "é", "漢", "🚀", " ") }));
    fc.assert(
      fc.property(text, fc.array(fc.nat(500)), (lines, cuts) => {
        expect(split(lines.map((line) => `${line}\n`).join(""), cuts)).toEqual(lines);
      }),
    );
  });

  it("keeps a last line without a newline, drops carriage returns and control sequences", () => {
    expect(split("a\r\n\u001b[31mred\u001b[0m\nlast", [1])).toEqual(["a", "red", "last"]);
  });

  it("shows bytes that are not UTF-8 as U+FFFD", () => {
    expect(new LineSplitter().push(Buffer.from([0xff, 0x41, 0x0a]), 10)).toEqual(["\uFFFDA"]);
  });

  it("keeps the newest lines of one chunk and counts the rest", () => {
    const splitter = new LineSplitter();
    expect(splitter.push(Buffer.from("1\n22\n333\n4444\n"), 2)).toEqual(["333", "4444"]);
    expect(splitter.droppedBytes).toBe(5);
    expect(splitter.push(Buffer.from("\n\n\n"), 2)).toEqual(["", ""]);
  });

  it("cuts a long line, between characters, and counts what is lost", () => {
    const splitter = new LineSplitter();
    const text = `x${"é".repeat(maximumLineBytes)}`;
    expect(splitter.push(Buffer.from(text), 10)).toEqual([]);
    const [line] = splitter.push(Buffer.from("\nnext\n"), 10);
    expect(line).toBe(`x${"é".repeat((maximumLineBytes - 2) / 2)}…`);
    expect(splitter.droppedBytes).toBe(Buffer.byteLength(text) - maximumLineBytes);
  });

  it("does not glue a line to what follows a gap", () => {
    const splitter = new LineSplitter();
    splitter.push(Buffer.from("half"), 10);
    splitter.skip(1_000);
    expect(splitter.push(Buffer.from("of another\nwhole\n"), 10)).toEqual(["whole"]);
    expect(splitter.droppedBytes).toBe(4 + 1_000 + 10);
  });
});
