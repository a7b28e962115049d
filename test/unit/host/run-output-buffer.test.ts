import { describe, expect, it } from "vitest";
import type { OutputLine } from "#contract/driver";
import { RunOutputBuffer } from "../../../main/host/run-output-buffer";

const lines = (from: number, to: number): OutputLine[] =>
  Array.from({ length: to - from + 1 }, (_, index) => ({
    number: from + index,
    stream: "stdout",
    text: `line ${from + index}`,
    unixMs: 1,
  }));

describe("run output buffer", () => {
  it("hands on lines in order, in events of at most 500, and only once", () => {
    const buffer = new RunOutputBuffer();
    buffer.add("voice", "r1", lines(1, 700));
    buffer.add("voice", "r1", lines(701, 800));
    buffer.add("memory", "m1", lines(1, 1));
    const taken = buffer.take("voice");
    expect(taken.map((payload) => [payload.runId, payload.lines[0]?.number, payload.lines.length])).toEqual([
      ["r1", 1, 500],
      ["r1", 501, 300],
    ]);
    expect(buffer.take("voice")).toEqual([]);
    expect(buffer.take("memory")).toHaveLength(1);
  });

  it("keeps runs apart", () => {
    const buffer = new RunOutputBuffer();
    buffer.add("voice", "r1", lines(1, 2));
    buffer.add("voice", "r2", lines(1, 1));
    expect(buffer.take("voice").map((payload) => `${payload.runId}:${payload.lines.length}`)).toEqual([
      "r1:2",
      "r2:1",
    ]);
  });

  it("keeps the newest lines of a flood", () => {
    const buffer = new RunOutputBuffer();
    for (let batch = 0; batch < 100; batch += 1)
      buffer.add("voice", "r1", lines(batch * 1_000 + 1, batch * 1_000 + 1_000));
    const taken = buffer.take("voice").flatMap((payload) => payload.lines);
    expect(taken).toHaveLength(2_000);
    expect(taken[0]?.number).toBe(98_001);
    expect(taken.at(-1)?.number).toBe(100_000);
  });
});
