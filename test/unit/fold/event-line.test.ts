import { describe, expect, test } from "vitest";
import { cycleFigures, readEventLine } from "#domain/fold/event-line";

const kindOf = (text: string): string => readEventLine(text).kind;
const problemOf = (text: string): string => {
  const line = readEventLine(text);
  return line.kind === "invalid" ? line.problem : line.kind;
};

describe("the validity rule of an event line (spec/tau/health.md §4)", () => {
  test.each([
    ["an object without any key", "{}"],
    ["unknown keys, whatever they hold", '{"surprise":[1,{"deep":null}]}'],
    ["an empty list of codes", '{"reason_codes":[]}'],
    ["a reason that is empty", '{"health_reason":""}'],
    ["space around it", '  \t{"health_reason":"x"} \r'],
    ["no-break and next-line space around it", '\u00a0\u0085{"health_reason":"x"}\u3000'],
    ["a repeated key that is not read", '{"applied_cases":1,"applied_cases":2}'],
    [
      "a nested repeat of a key that is read",
      '{"extra":{"health_reason":"a","x":"health_reason"},"health_reason":"b"}',
    ],
  ])("%s is valid", (_name, text) => expect(kindOf(text)).toBe("valid"));

  test.each([
    ["nothing", ""],
    ["spaces", "   \t"],
    ["a carriage return", "\r"],
    ["a next-line character", "\u0085"],
  ])("%s is blank", (_name, text) => expect(kindOf(text)).toBe("blank"));

  test.each([
    ["half a record", '{"health_reason":"x', /^not JSON/u],
    ["a list", "[]", /expected a JSON object, found "\[\]"/u],
    ["a number", "17", /expected a JSON object/u],
    ["null", "null", /expected a JSON object/u],
    ["null codes", '{"reason_codes":null}', /reason_codes: expected an array of strings/u],
    [
      "codes that are a string",
      '{"reason_codes":"healthy_cycle"}',
      /reason_codes: expected an array of strings/u,
    ],
    ["a code that is a number", '{"reason_codes":["a",1]}', /reason_codes: expected an array of strings/u],
    ["a null reason", '{"health_reason":null}', /health_reason: expected a string/u],
    ["a numeric reason", '{"health_reason":3}', /health_reason: expected a string/u],
    ["repeated codes", '{"reason_codes":[],"reason_codes":[]}', /reason_codes: the key is repeated/u],
    [
      "a repeat spelled with an escape",
      '{"health_reason":"a","health_re\\u0061son":"b"}',
      /health_reason: the key is repeated/u,
    ],
    ["half a surrogate pair in the reason", '{"health_reason":"\\ud800"}', /health_reason: lone surrogate/u],
    ["half a surrogate pair in a code", '{"reason_codes":["\\udc00"]}', /reason_codes: lone surrogate/u],
    ["a byte order mark", '\ufeff{"health_reason":"x"}', /expected a JSON object/u],
    ["a NUL byte", '\u0000{"health_reason":"x"}', /expected a JSON object/u],
    ["two records on one line", "{}{}", /^not JSON/u],
  ])("%s is invalid, and the problem says why", (_name, text, problem) =>
    expect(problemOf(text)).toMatch(problem),
  );

  test("a mebibyte of spaces inside a line is judged at once", () => {
    const started = performance.now();
    expect(kindOf(`x${" ".repeat(1_048_576)}x`)).toBe("invalid");
    expect(kindOf(" ".repeat(1_048_576))).toBe("blank");
    // A quadratic trim takes minutes here; the bound only tells the two apart.
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});

describe("figures of a record (spec/tau/surfaces.md §5)", () => {
  const figures = (text: string) => {
    const line = readEventLine(text);
    if (line.kind !== "valid") throw new Error(`expected a valid line, found ${line.kind}`);
    return cycleFigures(line);
  };

  test("the common counters and the surface's own", () =>
    expect(
      figures(
        '{"timestamp_unix_ms":1771000000000,"health_state":"degraded","health_reason":"why","reason_codes":["a","b"],' +
          '"discovered_cases":9,"queued_cases":8,"applied_cases":1,"duplicate_skips":2,"malformed_cases":3,' +
          '"retryable_failures":4,"retry_attempts":5,"failed_cases":6,"wake_word_detections":7,"handled_turns":10,' +
          '"backlog_cases":11,"failure_streak":12}',
      ),
    ).toEqual({
      timestampUnixMs: 1_771_000_000_000,
      healthState: "degraded",
      healthReason: "why",
      reasonCodes: ["a", "b"],
      discovered: 9,
      queued: 8,
      applied: 1,
      duplicates: 2,
      malformed: 3,
      retryableFailures: 4,
      retries: 5,
      failed: 6,
      backlog: 11,
      failureStreak: 12,
      extra: { wake_word_detections: 7, handled_turns: 10 },
    }));

  test("what is not a count reads as 0, not as an error", () => {
    const { applied, failed, timestampUnixMs, healthState } = figures(
      '{"timestamp_unix_ms":"soon","applied_cases":-1,"failed_cases":1.5,"health_state":7}',
    );
    expect({ applied, failed, timestampUnixMs, healthState }).toEqual({
      applied: 0,
      failed: 0,
      timestampUnixMs: 0,
      healthState: "",
    });
  });

  test("what is shown of a monstrous record is bounded", () => {
    const codes = Array.from({ length: 5_000 }, () => "c".repeat(300));
    const shown = figures(JSON.stringify({ reason_codes: codes, health_reason: "r".repeat(100_000) }));
    expect([shown.reasonCodes.length, shown.reasonCodes[0]?.length, shown.healthReason.length]).toEqual([
      256, 200, 2_000,
    ]);
  });
});
