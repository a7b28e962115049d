import { expect, test } from "vitest";
import { hearFrame } from "#domain/voice-live/hear-frame";
import { parseVoiceLiveInput } from "#domain/voice-live/input";

const frame = parseVoiceLiveInput('{"frames":[{}]}').frames[0];

test.each([
  [{ transcript: "TAU  open it " }, "success", 202, "open it"],
  [{ transcript: " tau " }, "wake_word_only", 202, ""],
  [{ transcript: "tau, open it" }, "ignored_no_wake_word", 204, ""],
  [{ transcript: "open tau" }, "ignored_no_wake_word", 204, ""],
  [{ transcript: "\u2003" }, "invalid_audio", 422, ""],
  [{ transcript: "tau open", invalidAudio: true, providerOutage: true }, "invalid_audio", 422, ""],
  [{ transcript: "tau open", providerOutage: true }, "provider_outage", 503, ""],
  [{ transcript: "open", providerOutage: true }, "ignored_no_wake_word", 204, ""],
])("%j is heard as %s (spec/tau/surfaces.md §7.1)", (change, outcome, statusCode, utterance) => {
  if (frame === undefined) throw new Error("no frame");
  expect(hearFrame({ ...frame, ...change }, "tau")).toMatchObject({ outcome, statusCode, utterance });
});

test("blank names, locales and sessions take their defaults", () => {
  expect(parseVoiceLiveInput('{"session_id":" ","frames":[{"frame_id":"a"},{"locale":""}]}')).toEqual({
    sessionId: "voice-live",
    frames: [
      {
        frameId: "a",
        transcript: "",
        speakerId: "",
        locale: "en-US",
        invalidAudio: false,
        providerOutage: false,
      },
      {
        frameId: "frame-2",
        transcript: "",
        speakerId: "",
        locale: "en-US",
        invalidAudio: false,
        providerOutage: false,
      },
    ],
  });
});

test.each([
  ["{}", /missing field `frames`/],
  ['{"schema_version":2,"frames":[]}', /unsupported voice live schema version 2/],
  ['{"frames":[{"transcript":null}]}', /frames\[0\]\.transcript: expected a string/],
])("%s is refused", (text, message) => {
  expect(() => parseVoiceLiveInput(text)).toThrow(message);
});
