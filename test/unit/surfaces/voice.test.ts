import { expect, test } from "vitest";
import { voiceDefinition } from "#domain/surfaces/voice/definition";
import { fixtureDocument, refusal, type CaseChange } from "./fixture-cases";

const refused: readonly (readonly [string, CaseChange, string])[] = [
  ["blank wake word", (item) => (item["wake_word"] = " "), "cases[0].wake_word: expected text, found blank"],
  ["blank locale", (item) => (item["locale"] = ""), "cases[0].locale: expected text"],
  ["blank transcript", (item) => (item["transcript"] = "\u3000"), "cases[0].transcript: expected text"],
  [
    "unknown wake word",
    (item) => (item["wake_word"] = "computer"),
    "cases[0].wake_word: unsupported wake_word",
  ],
  ["locale in lower case", (item) => (item["locale"] = "en-us"), "cases[0].locale: unsupported locale"],
  ["unknown mode", (item) => (item["mode"] = "live_turn"), "cases[0].mode: expected one of wake_word, turn"],
  ["mode missing", (item) => delete item["mode"], "missing field `mode`"],
  [
    "null transcript",
    (item) => (item["transcript"] = null),
    "cases[0].transcript: expected a string, found null",
  ],
  [
    "simulation without the outcome",
    (item) => (item["simulate_retryable_failure"] = true),
    "cases[0].expected.outcome: expected retryable_failure",
  ],
  [
    "outcome without the simulation",
    (item) => Object.assign(item.expected, { outcome: "retryable_failure" }),
    "cases[0].simulate_retryable_failure: expected true",
  ],
  [
    "success with an error code",
    (item) => (item.expected["error_code"] = "voice_invalid_locale"),
    "cases[0].expected.error_code: expected no error_code",
  ],
  [
    "failure without an error code",
    (item) => Object.assign(item.expected, { outcome: "malformed_input", status_code: 400 }),
    "cases[0].expected.error_code: expected an error_code",
  ],
  [
    "unknown error code",
    (item) =>
      Object.assign(item.expected, { outcome: "malformed_input", status_code: 400, error_code: "voice_x" }),
    "unsupported error_code 'voice_x'",
  ],
  ["success with 300", (item) => (item.expected["status_code"] = 300), "expected 200 to 299"],
  ["status 0", (item) => (item.expected["status_code"] = 0), "expected 200 to 299"],
  [
    "failure with 399",
    (item) =>
      Object.assign(item.expected, {
        outcome: "malformed_input",
        status_code: 399,
        error_code: "voice_invalid_locale",
      }),
    "expected 400 or more",
  ],
  [
    "status past 16 bits",
    (item) => (item.expected["status_code"] = 65_536),
    "cases[0].expected.status_code: expected an integer from 0 to 65535, found 65536",
  ],
  [
    "body that is a list",
    (item) => (item.expected["response_body"] = []),
    "cases[0].expected.response_body: expected an object",
  ],
  ["body missing", (item) => delete item.expected["response_body"], "missing field `response_body`"],
];

test.each(refused)("a voice fixture with %s is refused", (_what, change, message) => {
  const fixture = fixtureDocument("voice", "mixed-outcomes");
  expect(refusal(voiceDefinition, fixture, "voice-turn-check-queue", change)).toContain(message);
});

test("a malformed voice case may lack everything its rules want", () => {
  const fixture = fixtureDocument("voice", "mixed-outcomes");
  const accepted = refusal(voiceDefinition, fixture, "voice-turn-empty-transcript", (item) =>
    Object.assign(item, { wake_word: "", locale: "xx", transcript: "" }),
  );
  expect(accepted).toBeNull();
});
