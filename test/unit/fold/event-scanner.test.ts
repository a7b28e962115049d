import fc from "fast-check";
import { expect, test } from "vitest";
import { countOf, readEventLine } from "#domain/fold/event-line";
import { EventScanner, historyKeys, lineStateOf } from "#domain/fold/event-scanner";
import { lineText } from "./lines";

const encode = (text: string): Buffer => Buffer.from(text, "utf8");

test("whatever the fast reading accepts, the careful one calls valid and says the same of it", () => {
  const scanner = new EventScanner();
  let accepted = 0;
  fc.assert(
    fc.property(fc.array(lineText, { minLength: 1, maxLength: 6 }), (lines) => {
      const bytes = encode(lines.map((line) => `${line}\n`).join(""));
      let at = 0;
      for (const text of lines) {
        const lineEnd = bytes.indexOf(0x0a, at);
        const scanned = scanner.scan(bytes, at);
        if (scanned >= 0) {
          accepted += 1;
          const line = readEventLine(text);
          if (line.kind !== "valid")
            throw new Error(`accepted ${JSON.stringify(text)}, which is ${line.kind}`);
          const codes =
            scanner.codesStart < 0
              ? []
              : JSON.parse(bytes.toString("utf8", scanner.codesStart, scanner.codesEnd));
          expect({
            lineEnd: scanned,
            timestamp: scanner.timestampUnixMs,
            state: scanner.state,
            codes,
            figures: [...scanner.figures],
          }).toEqual({
            lineEnd,
            timestamp: countOf(line.record["timestamp_unix_ms"]),
            state: lineStateOf(line.record["health_state"]),
            codes: line.reasonCodes,
            figures: historyKeys.map((key) => countOf(line.record[key])),
          });
        }
        at = lineEnd + 1;
      }
    }),
    { numRuns: 20_000 },
  );
  // The property would hold of a scanner that accepts nothing.
  expect(accepted).toBeGreaterThan(10_000);
});

test("records as the runners write them never need the careful reading", () => {
  const scanner = new EventScanner();
  const record =
    '{"timestamp_unix_ms":1771000000000,"health_state":"healthy","health_reason":"no recent transport failures observed",' +
    '"reason_codes":["wake_word_detected","turns_handled"],"discovered_cases":3,"queued_cases":3,"applied_cases":3,' +
    '"duplicate_skips":0,"malformed_cases":0,"retryable_failures":0,"retry_attempts":0,"failed_cases":0,' +
    '"wake_word_detections":1,"handled_turns":2,"backlog_cases":0,"failure_streak":0}';
  const other =
    '{"artifact_records": 8, "health_state": "degraded", "nested": {"a": [1, -2.5e3, true, null]}, "text": "\\u00e9 é 😀"}';
  for (const text of [record, other, record, `${record}\r`, "{}"]) {
    const bytes = encode(`${text}\n`);
    expect(scanner.scan(bytes, 0)).toBe(bytes.length - 1);
  }
});

test("nesting beyond all measure is left to the careful reading", () => {
  const bytes = encode(`{"deep":${"[".repeat(10_000)}${"]".repeat(10_000)}}\n`);
  expect(new EventScanner().scan(bytes, 0)).toBe(-1);
});
