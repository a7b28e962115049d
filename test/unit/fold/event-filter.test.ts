import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { EventFilter } from "#contract/requests";
import { isUnrestricted, MatchList } from "#domain/fold/event-filter";
import { EventIndex } from "#domain/fold/event-index";
import { feed, newFold } from "./folding";

const all: EventFilter = { codes: [], states: [], fromUnixMs: null, toUnixMs: null };
const codes = ["a", "b", "c"];
const states = ["healthy", "degraded", "failing"] as const;

interface Line {
  readonly text: string;
  readonly state: string;
  readonly codes: readonly string[];
  readonly time: number;
}

const line: fc.Arbitrary<Line> = fc.oneof(
  fc
    .record({
      state: fc.constantFrom(...states, "odd"),
      codes: fc.subarray(codes),
      time: fc.integer({ min: 0, max: 9 }),
    })
    .map((fields) => ({
      ...fields,
      text: JSON.stringify({
        timestamp_unix_ms: fields.time,
        health_state: fields.state,
        reason_codes: fields.codes,
      }),
    })),
  fc.constant({ text: "broken", state: "invalid", codes: [], time: -1 }),
  fc.constant({ text: "", state: "blank", codes: [], time: -1 }),
);
const filter: fc.Arbitrary<EventFilter> = fc.record({
  codes: fc.subarray([...codes, "absent"]),
  states: fc.subarray([...states, "invalid" as const]),
  fromUnixMs: fc.option(fc.integer({ min: 0, max: 9 })),
  toUnixMs: fc.option(fc.integer({ min: 0, max: 9 })),
});

/** The same question asked of the lines themselves. */
function expectedLines(lines: readonly Line[], firstLine: number, wanted: EventFilter): number[] {
  let time = 0;
  return lines.flatMap((entry, index) => {
    if (entry.time >= 0) time = entry.time;
    const matches =
      entry.state !== "blank" &&
      index + 1 >= firstLine &&
      (wanted.states.length === 0 || (wanted.states as readonly string[]).includes(entry.state)) &&
      (wanted.codes.length === 0 || entry.codes.some((code) => wanted.codes.includes(code))) &&
      (wanted.fromUnixMs === null || time >= wanted.fromUnixMs) &&
      (wanted.toUnixMs === null || time <= wanted.toUnixMs);
    return matches ? [index + 1] : [];
  });
}

describe("filtering the lines of a log", () => {
  test("a list kept up to date line by line equals the question asked anew", () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(line, { maxLength: 20 }), { maxLength: 6 }),
        filter,
        (batches, wanted) => {
          const fold = newFold();
          const matches = new MatchList(wanted);
          const lines: Line[] = [];
          let byteOffset = 0;
          for (const batch of batches) {
            const text = batch.map((entry) => `${entry.text}\n`).join("");
            feed(fold, text, byteOffset);
            byteOffset += text.length;
            lines.push(...batch);
            matches.update(fold.index, fold.sets);
            const expected = expectedLines(lines, 1, wanted).reverse();
            expect(matches.matching).toBe(expected.length);
            expect(matches.window(0, 1_000)).toEqual(expected);
            expect(matches.window(2, 3)).toEqual(expected.slice(2, 5));
          }
        },
      ),
      { numRuns: 2_000 },
    );
  });

  test("lines that can no longer be browsed no longer match", () => {
    const fold = newFold({ browsableLines: 1_024 });
    const matches = new MatchList({ ...all, states: ["failing"] });
    feed(fold, '{"health_state":"failing"}\n'.repeat(1_000));
    matches.update(fold.index, fold.sets);
    expect(matches.matching).toBe(1_000);
    feed(fold, '{"health_state":"healthy"}\n'.repeat(1_000), 27_000);
    matches.update(fold.index, fold.sets);
    expect(fold.index.firstLine).toBe(977);
    expect(matches.window(0, 2_000)).toEqual(Array.from({ length: 24 }, (_, index) => 1_000 - index));
  });

  test("only an empty filter is unrestricted", () => {
    expect(isUnrestricted(all)).toBe(true);
    for (const part of [
      { codes: ["a"] },
      { states: ["failing" as const] },
      { fromUnixMs: 0 },
      { toUnixMs: 0 },
    ])
      expect(isUnrestricted({ ...all, ...part })).toBe(false);
  });
});

describe("the index of a log's lines", () => {
  test("holds every line until it is full, then the newest", () => {
    const index = new EventIndex(3_000);
    expect([index.firstLine, index.lines, index.at(1)]).toEqual([1, 0, null]);
    for (let line = 1; line <= 10_000; line += 1) {
      index.push(line * 10, line, line * 100, 1, line % 7);
      if (line === 3_000) expect(index.firstLine).toBe(1);
    }
    expect([index.firstLine, index.lines]).toEqual([7_001, 10_000]);
    expect(index.at(7_000)).toBeNull();
    expect(index.at(10_001)).toBeNull();
    for (const line of [7_001, 8_192, 10_000])
      expect(index.at(line)).toEqual({
        byteOffset: line * 10,
        bytes: line,
        timestampUnixMs: line * 100,
        state: 1,
        codeSet: line % 7,
      });
  });

  test("byte offsets beyond 4 GiB stay exact", () => {
    const index = new EventIndex();
    index.push(123_456_789_012, 5, 1, 1, 0);
    expect(index.at(1)?.byteOffset).toBe(123_456_789_012);
  });
});
