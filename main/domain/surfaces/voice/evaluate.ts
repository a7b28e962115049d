import { accepted, rejected, retryable, type ResponseEvaluation } from "../../cycle/response";
import { isBlank, lowerAscii, trimText } from "../../text";
import {
  isSupportedLocale,
  isSupportedWakeWord,
  normalizedWakeWord,
  voiceErrorCodes,
  type VoiceCase,
} from "./contract";

/** `utterance` is what was said after the wake word; empty in wake-word mode. */
export interface VoiceEvaluation extends ResponseEvaluation {
  readonly utterance: string;
}

/** What one voice case comes to; the first rule that matches decides (spec/tau/surfaces.md §7). */
export function evaluateVoiceCase(item: VoiceCase): VoiceEvaluation {
  const wakeWord = normalizedWakeWord(item);
  const codes = voiceErrorCodes;
  if (item.simulateRetryableFailure) {
    return silent(retryable(503, codes.backendUnavailable, "backend_unavailable"));
  }
  if (!isSupportedWakeWord(item)) return silent(rejected(422, codes.invalidWakeWord, "invalid_wake_word"));
  if (!isSupportedLocale(item)) return silent(rejected(422, codes.invalidLocale, "invalid_locale"));
  if (isBlank(item.transcript)) return silent(rejected(400, codes.emptyTranscript, "empty_transcript"));
  if (item.mode === "wake_word") {
    return lowerAscii(item.transcript).includes(wakeWord)
      ? silent(
          accepted(202, { mode: "wake_word", status: "accepted", wake_detected: true, wake_word: wakeWord }),
        )
      : silent(rejected(422, codes.invalidWakeWord, "wake_word_not_detected"));
  }
  const utterance = utteranceOf(item.transcript, wakeWord);
  if (utterance === "") return silent(rejected(400, codes.emptyTranscript, "empty_utterance"));
  const body = {
    locale: trimText(item.locale),
    mode: "turn",
    speaker_id: trimText(item.speakerId),
    status: "accepted",
    utterance,
    wake_word: wakeWord,
  };
  return { ...accepted(202, body), utterance };
}

/** What follows a leading wake word, or everything: the wake word is not required, and no word boundary is looked for. */
function utteranceOf(transcript: string, wakeWord: string): string {
  const spoken = trimText(transcript);
  if (!lowerAscii(spoken).startsWith(wakeWord)) return spoken;
  return trimText(spoken.slice(wakeWord.length).replace(/^[ \t\n\f\r,:-]+/, ""));
}

function silent(evaluation: ResponseEvaluation): VoiceEvaluation {
  return { ...evaluation, utterance: "" };
}
