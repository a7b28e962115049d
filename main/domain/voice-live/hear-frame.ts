import { lowerAscii, splitWords, trimText } from "../text";
import type { VoiceFrame } from "./input";

/** What one frame comes to (spec/tau/surfaces.md §7.1). `utterance` is what was said after the wake word. */
export type HeardFrame =
  | {
      readonly outcome: "success";
      readonly statusCode: 202;
      readonly errorCode: "";
      readonly utterance: string;
    }
  | {
      readonly outcome: "wake_word_only" | "ignored_no_wake_word";
      readonly statusCode: 202 | 204;
      readonly errorCode: "";
      readonly utterance: "";
    }
  | {
      readonly outcome: "invalid_audio" | "provider_outage";
      readonly statusCode: 422 | 503;
      readonly errorCode: string;
      readonly utterance: "";
    };

/** Judges one frame; the first rule that applies decides. `wakeWord` is lower-case and trimmed. */
export function hearFrame(frame: VoiceFrame, wakeWord: string): HeardFrame {
  const [first] = splitWords(frame.transcript);
  if (frame.invalidAudio || first === undefined)
    return {
      outcome: "invalid_audio",
      statusCode: 422,
      errorCode: "invalid_audio_frame",
      utterance: "",
    };
  if (lowerAscii(first) !== wakeWord)
    return { outcome: "ignored_no_wake_word", statusCode: 204, errorCode: "", utterance: "" };
  if (frame.providerOutage)
    return {
      outcome: "provider_outage",
      statusCode: 503,
      errorCode: "voice_backend_unavailable",
      utterance: "",
    };
  const utterance = trimText(trimText(frame.transcript).slice(first.length));
  return utterance === ""
    ? { outcome: "wake_word_only", statusCode: 202, errorCode: "", utterance }
    : { outcome: "success", statusCode: 202, errorCode: "", utterance };
}

/** True when the wake word opened the frame. */
export function isAwake(heard: HeardFrame): boolean {
  return heard.outcome !== "invalid_audio" && heard.outcome !== "ignored_no_wake_word";
}
