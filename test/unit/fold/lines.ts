import fc from "fast-check";

/** Text of numbers as a log may have them: plain counts, and what JSON allows besides. */
const numberText = fc.oneof(
  fc.nat().map(String),
  fc.bigInt({ min: 0n, max: 99_999_999_999_999_999_999n }).map(String),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => JSON.stringify(value)),
  fc.constantFrom(
    "-0",
    "0",
    "00",
    "01",
    "1.0",
    "1e5",
    "1E+2",
    "-1",
    "-",
    "1.",
    ".5",
    "1e",
    "+1",
    "0x10",
    "NaN",
  ),
);
const stringText = fc.oneof(
  fc.string().map((text) => JSON.stringify(text)),
  fc.string({ unit: "binary" }).map((text) => JSON.stringify(text)),
  fc.constantFrom(
    '"healthy"',
    '"degraded"',
    '"failing"',
    '"he\\u0061lthy"',
    '"\\ud83d\\ude00"',
    '"\\ud800"',
    '"a\\qb"',
    '"\\u12g4"',
    '"tab\there"',
    '"',
  ),
);
const codesText = fc.oneof(
  fc
    .subarray(["retry_attempted", "case_processing_failed", "turns_handled", " spaced ", ""])
    .map((codes) => JSON.stringify(codes)),
  fc.array(stringText, { maxLength: 4 }).map((items) => `[${items.join(" , ")}]`),
  fc.constantFrom("[]", "[ ]", "null", "[1]", '["a",]', '["a"', "{}", '"a"'),
);
const anyValueText = fc.oneof(
  numberText,
  stringText,
  codesText,
  fc.json(),
  fc.constantFrom("true", "false", "null", "tru", ""),
);
const key = fc.oneof(
  fc
    .constantFrom(
      "timestamp_unix_ms",
      "health_state",
      "health_reason",
      "reason_codes",
      "failure_streak",
      "applied_cases",
      "malformed_cases",
      "failed_cases",
      "duplicate_skips",
      "backlog_cases",
      "retry_attempts",
      "queued_cases",
    )
    .map((name) => JSON.stringify(name)),
  stringText,
);
const space = fc.constantFrom("", "", "", " ", "\t", "\r", "  ");
const memberText = fc
  .tuple(space, key, space, space, anyValueText, space)
  .map(([a, name, b, c, value, d]) => `${a}${name}${b}:${c}${value}${d}`);
const wellFormedMember = fc.oneof(
  fc.nat().map((value) => `"timestamp_unix_ms":${value}`),
  fc.constantFrom("healthy", "degraded", "failing", "odd").map((state) => `"health_state":"${state}"`),
  fc.string().map((reason) => `"health_reason":${JSON.stringify(reason)}`),
  codesText.map((codes) => `"reason_codes":${codes}`),
  fc.nat().map((value) => `"applied_cases": ${value}`),
  fc.nat().map((value) => `"failure_streak":${value}`),
  fc.json().map((value) => `"other":${value}`),
);

/** Lines near the border between valid and invalid, without newlines inside. */
export const lineText: fc.Arbitrary<string> = fc
  .oneof(
    {
      weight: 4,
      arbitrary: fc.array(wellFormedMember, { maxLength: 6 }).map((members) => `{${members.join(",")}}`),
    },
    {
      weight: 3,
      arbitrary: fc.array(memberText, { maxLength: 5 }).map((members) => `{${members.join(",")}}`),
    },
    { weight: 1, arbitrary: fc.json() },
    { weight: 1, arbitrary: fc.string({ unit: "binary" }) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        "",
        " ",
        "\r",
        "{",
        "}",
        "{}",
        "{ }",
        "{}x",
        "{} \r",
        "{},",
        "\ufeff{}",
        "\u0000",
      ),
    },
    {
      weight: 2,
      arbitrary: fc
        .tuple(
          fc.array(wellFormedMember, { minLength: 1, maxLength: 5 }),
          fc.nat(),
          fc.constantFrom("", '"', "\\", ",", "}", "\u0000", "9"),
        )
        .map(([members, place, inserted]) => {
          const text = `{${members.join(",")}}`;
          const at = place % (text.length + 1);
          return text.slice(0, at) + inserted + text.slice(at + (place % 2));
        }),
    },
  )
  // A lone surrogate cannot be written as UTF-8, so no file has one.
  .map((text) => text.replaceAll("\n", " ").replaceAll(/\p{Surrogate}/gu, "?"));
