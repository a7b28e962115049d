import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  documentSpan,
  elementSpans,
  memberSpan,
  TextPlaces,
} from "../../../main/domain/rollout/sample/json-place";

const textOf = (text: string, span: { start: number; end: number } | null): string =>
  span === null ? "" : text.slice(span.start, span.end);

/** Keys that a scanner could mistake for structure. */
const key = fc.oneof(fc.string(), fc.constantFrom("health", '"', "\\", "}{", "[,]", "ä🜂", "__proto__"));

describe("the place of a value in a JSON text", () => {
  it("is found wherever it stands, however the text is written", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.tuple(key, fc.jsonValue()), { selector: ([name]) => name, minLength: 1 }),
        fc.constantFrom("", "  ", "\t"),
        fc.string({ unit: fc.constantFrom(" ", "\n", "\r\n") }),
        (members, indent, padding) => {
          const body = members
            .map(
              ([name, value]) =>
                `${JSON.stringify(name)}${padding}:${padding}${JSON.stringify(value, null, indent)}`,
            )
            .join(`${padding},${padding}`);
          const text = `${padding}{${padding}${body}${padding}}${padding}`;
          const document = documentSpan(text);
          for (const [name, value] of members)
            expect(JSON.parse(textOf(text, memberSpan(text, document, name)))).toEqual(
              JSON.parse(JSON.stringify(value)),
            );
          expect(
            memberSpan(text, document, `${members.map(([name]) => name).join("")} not there`),
          ).toBeNull();
        },
      ),
    );
  });

  it("is found for every element of a list", () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), fc.constantFrom(undefined, 2), (values, indent) => {
        const text = JSON.stringify(values, null, indent);
        const found = elementSpans(text, documentSpan(text)).map(
          (span) => JSON.parse(textOf(text, span)) as unknown,
        );
        expect(found).toEqual(JSON.parse(JSON.stringify(values)));
      }),
    );
  });

  it("is told as a line and as an offset in bytes, not in characters", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.nat(20), (before, blankLines) => {
        const text = `{"name": ${JSON.stringify(before)},${"\n".repeat(blankLines)} "health": {"a": 1}}`;
        const record = new TextPlaces("state.json", text).record(
          memberSpan(text, documentSpan(text), "health") ?? { start: 0, end: 0 },
        );
        const bytes = Buffer.from(text);
        expect(record).toMatchObject({ path: "state.json", line: blankLines + 1, text: '{"a": 1}' });
        expect(bytes.subarray(record.byteOffset ?? 0).toString()).toBe('{"a": 1}}');
      }),
    );
  });

  it("can be asked for in any order", () => {
    const text = '["é",\n"b",\n"c"]';
    const spans = elementSpans(text, documentSpan(text));
    const places = new TextPlaces("f", text);
    const forward = spans.map((span) => places.record(span));
    expect(forward.map(({ line, byteOffset }) => [line, byteOffset])).toEqual([
      [1, 1],
      [2, 7],
      [3, 12],
    ]);
    expect(spans.toReversed().map((span) => places.record(span))).toEqual(forward.toReversed());
  });

  it("shows at most 2,000 characters", () => {
    const text = JSON.stringify("x".repeat(5_000));
    expect(new TextPlaces("f", text).record(documentSpan(text)).text).toHaveLength(2_000);
  });

  it("says nothing of a member of something that is no object, or an element of no list", () => {
    expect(memberSpan("[1]", documentSpan("[1]"), "0")).toBeNull();
    expect(elementSpans('{"0":1}', documentSpan('{"0":1}'))).toEqual([]);
  });
});
