import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { EventFold, otherCodes } from "#domain/fold/event-fold";
import { decode, feed, foldBySpecification, newFold } from "./folding";
import { lineText } from "./lines";

const record = (fields: object): string => `${JSON.stringify(fields)}\n`;

describe("the fold of an event log", () => {
  test("gives what the specification's pseudocode gives, however the log was cut", () => {
    fc.assert(
      fc.property(
        fc.array(lineText, { maxLength: 30 }),
        fc.array(fc.integer({ min: 1, max: 8 }), { maxLength: 10 }),
        (lines, cuts) => {
          const fold = newFold();
          let byteOffset = 0;
          for (let at = 0, cut = 0; at < lines.length; cut += 1) {
            const some = lines.slice(at, at + (cuts[cut] ?? lines.length));
            const text = some.map((line) => `${line}\n`).join("");
            feed(fold, text, byteOffset);
            byteOffset += Buffer.byteLength(text);
            at += some.length;
          }
          const expected = foldBySpecification(lines);
          expect({
            lines: fold.lines,
            cycles: fold.cycles,
            invalid: fold.invalidLines,
            lastCodes: fold.lastReasonCodes,
            lastReason: fold.lastHealthReason,
            counts: fold.reasonCodeCounts(),
          }).toEqual({ lines: lines.length, ...expected });
        },
      ),
      { numRuns: 3_000 },
    );
  });

  test("a record without codes erases the last ones", () => {
    const fold = newFold();
    feed(fold, `${record({ reason_codes: ["a"], health_reason: "r" })}{}\n`);
    expect([fold.cycles, fold.lastReasonCodes, fold.lastHealthReason]).toEqual([2, [], ""]);
  });

  test("counts occurrences, trimmed, without blank ones, keys in byte order", () => {
    const fold = newFold();
    feed(
      fold,
      record({ reason_codes: ["b", " a ", "", "  ", "b", "é", "😀", "\uffff"] }) +
        record({ reason_codes: ["a"] }),
    );
    expect([...fold.reasonCodeCounts()]).toEqual([
      ["a", 2],
      ["b", 2],
      ["é", 1],
      ["\uffff", 1],
      ["😀", 1],
    ]);
  });

  test("keeps the first and last invalid line and the last cycle with their places", () => {
    const fold = newFold();
    feed(fold, 'oops\n\n{"health_reason":"one"}\r\nöha\n{"health_reason":"two"}\n');
    expect(fold.firstInvalid).toEqual({ path: "log", line: 1, byteOffset: 0, text: "oops" });
    expect(fold.lastInvalid).toEqual({ path: "log", line: 4, byteOffset: 31, text: "öha" });
    expect(fold.lastCycleRecord).toEqual({
      path: "log",
      line: 5,
      byteOffset: 36,
      text: '{"health_reason":"two"}',
    });
    expect([fold.lines, fold.cycles, fold.invalidLines]).toEqual([5, 2, 2]);
  });

  test("a record's text is cut to 2,000 characters, never inside a character", () => {
    const fold = newFold();
    feed(fold, record({ health_reason: "😀".repeat(5_000) }) + `${"é".repeat(5_000)}\n`);
    expect(fold.lastCycleRecord?.text.length).toBe(2_000);
    expect(fold.lastInvalid?.text).toBe("é".repeat(2_000));
  });

  test("a line that is not UTF-8 counts as invalid and is remembered", () => {
    const fold = newFold();
    feed(fold, "{}\n");
    fold.unreadableLine("caf\ufffd", 4, 3, "not-utf8");
    fold.unreadableLine("long", 2_000_000, 8, "too-long");
    expect([fold.lines, fold.cycles, fold.invalidLines]).toEqual([3, 1, 2]);
    expect(fold.firstNotUtf8).toEqual({ path: "log", line: 2, byteOffset: 3, text: "caf\ufffd" });
    expect(fold.lastInvalid?.line).toBe(3);
  });

  test("hands over after a slice of careful lines, and goes on where it stopped", () => {
    const fold = newFold();
    const bytes = Buffer.from("x\n".repeat(5_000));
    const stopped = fold.region(bytes, 0, bytes.length, 0);
    expect(stopped).toBeGreaterThan(0);
    expect(stopped).toBeLessThan(bytes.length);
    for (let at = stopped; at < bytes.length;) at = fold.region(bytes, at, bytes.length, at);
    expect(fold.invalidLines).toBe(5_000);
  });

  test("a log with endlessly new codes is counted in bounded memory", () => {
    const fold = newFold();
    const lines = 70_000;
    for (let at = 0; at < lines; at += 1_000)
      feed(
        fold,
        Array.from({ length: 1_000 }, (_, line) => record({ reason_codes: [`code-${at + line}`] })).join(""),
      );
    const counts = fold.reasonCodeCounts();
    expect(fold.cycles).toBe(lines);
    expect(counts.get(otherCodes)).toBeGreaterThan(0);
    expect([...counts.values()].reduce((sum, count) => sum + count, 0)).toBe(lines);
  });

  test("equal lists in other spellings are one set", () => {
    const fold = newFold();
    feed(
      fold,
      '{"reason_codes":["a","b"]}\n{"reason_codes": [ "a" , "b" ]}\n{"reason_codes":["\\u0061","b"]}\n',
    );
    expect(fold.sets.size).toBe(1);
    expect(fold.reasonCodeCounts()).toEqual(
      new Map([
        ["a", 3],
        ["b", 3],
      ]),
    );
  });

  test("decoding is only asked for what is shown", () => {
    let decoded = 0;
    const counting = new EventFold("log", (bytes, start, end) => {
      decoded += 1;
      return decode(bytes, start, end);
    });
    feed(counting, record({ reason_codes: ["a"] }).repeat(10_000));
    expect(counting.cycles).toBe(10_000);
    expect(decoded).toBeLessThan(10);
  });
});
