import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { EventRow, RequestOutput } from "#contract/requests";
import {
  arrivedAbove,
  atNewest,
  emptyPager,
  indexOfLine,
  missingPage,
  rowAt,
  rowCount,
  withAnswer,
  type EventPager,
} from "../../../renderer/src/state/event-pager";

/** A log in memory that answers like the host. */
class Log {
  generation = 0;
  lines = 0;
  firstBrowsableLine = 1;

  append(count: number): void {
    this.lines += count;
  }

  answer(offset: number, limit: number): RequestOutput<"surface.events"> {
    const matching = Math.max(0, this.lines - this.firstBrowsableLine + 1);
    const rows: EventRow[] = [];
    for (let index = offset; index < Math.min(matching, offset + limit); index += 1) {
      const line = this.lines - index;
      rows.push({ line, byteOffset: line * 10, bytes: 10, cycle: null, problem: "", text: "" });
    }
    return {
      generation: this.generation,
      lines: this.lines,
      matching,
      firstBrowsableLine: this.firstBrowsableLine,
      rows,
    };
  }
}

const linesShown = (pager: EventPager): (number | undefined)[] =>
  Array.from({ length: Math.min(5, rowCount(pager)) }, (_, index) => rowAt(pager, index)?.line);

describe("event pager", () => {
  it("stays put while rows arrive, counts them, and goes to them on request", () => {
    const log = new Log();
    log.append(100);
    let pager = withAnswer(emptyPager, 0, log.answer(0, 20), false);
    expect(linesShown(pager)).toEqual([100, 99, 98, 97, 96]);
    log.append(3);
    pager = withAnswer(pager, 0, log.answer(0, 20), false);
    expect(linesShown(pager)).toEqual([100, 99, 98, 97, 96]);
    expect(arrivedAbove(pager)).toBe(3);
    expect(missingPage(pager, 50, 60, 20)).toEqual({ offset: 53, limit: 20 });
    pager = atNewest(pager);
    expect(linesShown(pager)).toEqual([103, 102, 101, 100, 99]);
    expect(arrivedAbove(pager)).toBe(0);
    expect(indexOfLine(pager, 100)).toBe(3);
  });

  it("follows the newest row when asked to", () => {
    const log = new Log();
    log.append(10);
    let pager = withAnswer(emptyPager, 0, log.answer(0, 20), true);
    log.append(1);
    pager = withAnswer(pager, 0, log.answer(0, 20), true);
    expect(rowAt(pager, 0)?.line).toBe(11);
    expect(rowCount(pager)).toBe(11);
  });

  it("starts over with another generation of the log", () => {
    const log = new Log();
    log.append(50);
    let pager = withAnswer(emptyPager, 0, log.answer(0, 20), false);
    log.generation += 1;
    log.lines = 2;
    pager = withAnswer(pager, 0, log.answer(0, 20), false);
    expect([rowCount(pager), rowAt(pager, 0)?.line, rowAt(pager, 1)?.line]).toEqual([2, 2, 1]);
  });

  it("puts every row at its own place, whatever is asked when, while rows arrive", () => {
    const step = fc.record({
      appended: fc.integer({ min: 0, max: 7 }),
      offset: fc.integer({ min: 0, max: 120 }),
      following: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100 }), fc.array(step, { maxLength: 30 }), (start, steps) => {
        const log = new Log();
        log.append(start);
        let pager = withAnswer(emptyPager, 0, log.answer(0, 10), true);
        for (const { appended, following, offset } of steps) {
          const before = rowAt(pager, 0)?.line;
          log.append(appended);
          pager = withAnswer(pager, offset, log.answer(offset, 10), following);
          if (!following && before !== undefined) expect(rowAt(pager, 0)?.line).toBe(before);
          const topLine = log.lines - arrivedAbove(pager);
          for (let index = 0; index < rowCount(pager); index += 1) {
            const row = rowAt(pager, index);
            if (row !== undefined) expect(row.line).toBe(topLine - index);
          }
        }
      }),
    );
    expect.hasAssertions();
  });
});
