import { describe, expect, it } from "vitest";
import { formatAgo, formatDuration, formatUntil } from "../../../renderer/src/format/duration";
import { formatBytes, formatCount, formatCounted } from "../../../renderer/src/format/number";
import { firstLine, prettyRecord } from "../../../renderer/src/format/record-text";
import { formatTimestamp, fromFieldValue, toFieldValue } from "../../../renderer/src/format/time";

describe("lengths of time", () => {
  it.each([
    [-5, "0 s"],
    [0, "0 s"],
    [840, "840 ms"],
    [999.6, "999 ms"],
    [1_000, "1 s"],
    [59_999, "59 s"],
    [60_000, "1 min"],
    [3_599_999, "59 min"],
    [3_600_000, "1 h 00 min"],
    [7_500_000, "2 h 05 min"],
    [86_400_000, "1 d 0 h"],
    [273_600_000, "3 d 4 h"],
  ])("%i ms reads %s", (milliseconds, text) => {
    expect(formatDuration(milliseconds)).toBe(text);
  });

  it("ticks in whole seconds and never says a negative age", () => {
    expect([formatAgo(-3_000), formatAgo(999), formatAgo(1_000), formatAgo(61_000)]).toEqual([
      "just now",
      "just now",
      "1 s ago",
      "1 min ago",
    ]);
    expect([formatUntil(-1), formatUntil(0), formatUntil(1), formatUntil(8_000)]).toEqual([
      "due now",
      "due now",
      "in 1 s",
      "in 8 s",
    ]);
  });
});

describe("numbers and sizes", () => {
  it("groups digits and agrees with its noun", () => {
    expect([
      formatCount(0),
      formatCount(1_204_113),
      formatCounted(1, "hold"),
      formatCounted(2, "hold"),
    ]).toEqual(["0", "1,204,113", "1 hold", "2 holds"]);
  });

  it.each([
    [0, "0 B"],
    [1_023, "1023 B"],
    [1_024, "1.0 KiB"],
    [1_434, "1.4 KiB"],
    [1_048_575, "1.0 MiB"],
    [212_860_928, "203 MiB"],
    [5 * 1_024 ** 4, "5.0 TiB"],
    [5_000 * 1_024 ** 4, "5000 TiB"],
  ])("%i bytes read %s", (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text);
  });
});

describe("times", () => {
  it("are UTC, and a field gives back what it was given", () => {
    const unixMs = Date.UTC(2026, 10, 21, 2, 14, 33);
    expect(formatTimestamp(unixMs + 120)).toBe("2026-11-21 02:14:33.120");
    expect(fromFieldValue(toFieldValue(unixMs))).toBe(unixMs);
    expect([fromFieldValue(""), fromFieldValue("yesterday"), fromFieldValue("1969-01-01T00:00")]).toEqual([
      null,
      null,
      null,
    ]);
  });
});

describe("records", () => {
  it("are laid out when they are JSON, and left alone when not", () => {
    expect(prettyRecord('{"a":1}')).toBe('{\n  "a": 1\n}');
    expect(prettyRecord("half a rec")).toBe("half a rec");
    expect(firstLine("first\nsecond", 10)).toBe("first");
    expect(firstLine("a longer line", 5)).toBe("a lo…");
  });
});
