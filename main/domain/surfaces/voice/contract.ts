import type { ContractCase } from "../../cycle/definition";
import {
  caseFault,
  decodeResponseExpectation,
  requireSimulationConsistency,
  requireStatusBounds,
  requireText,
} from "../../cycle/fixture";
import type { FieldReader } from "../../decode";
import type { Json } from "../../json";
import { isPlainName, lowerAscii, trimText } from "../../text";

/** Error codes of the voice contract (spec/tau/surfaces.md §7). */
export const voiceErrorCodes = {
  emptyTranscript: "voice_empty_transcript",
  invalidWakeWord: "voice_invalid_wake_word",
  invalidLocale: "voice_invalid_locale",
  backendUnavailable: "voice_backend_unavailable",
} as const;

const supportedWakeWords = ["tau", "hey tau"];
const supportedLocales = ["en-US", "en-GB"];

/** One voice case; texts as the fixture has them. */
export interface VoiceCase extends ContractCase {
  readonly mode: "wake_word" | "turn";
  readonly wakeWord: string;
  readonly transcript: string;
  readonly locale: string;
  readonly speakerId: string;
  readonly expectedBody: Json;
}

export function decodeVoiceCase(reader: FieldReader, common: ContractCase): VoiceCase {
  return {
    ...common,
    ...decodeResponseExpectation(reader, common),
    mode: reader.choice("mode", ["wake_word", "turn"]),
    wakeWord: reader.string("wake_word", ""),
    transcript: reader.string("transcript", ""),
    locale: reader.string("locale", ""),
    speakerId: reader.string("speaker_id", ""),
  };
}

export function validateVoiceCase(item: VoiceCase): void {
  if (item.expected.outcome !== "malformed_input") {
    requireText(item, "wake_word", item.wakeWord);
    requireText(item, "locale", item.locale);
    requireText(item, "transcript", item.transcript);
  }
  requireSimulationConsistency(item);
  requireStatusBounds(item, item.expectedBody, Object.values(voiceErrorCodes));
}

export function checkVoiceCompatibility(item: VoiceCase): void {
  if (item.expected.outcome === "malformed_input") return;
  if (!isSupportedWakeWord(item)) {
    throw caseFault(
      item,
      "wake_word",
      `unsupported wake_word, expected one of ${supportedWakeWords.join(", ")}`,
    );
  }
  if (!isSupportedLocale(item)) {
    throw caseFault(item, "locale", `unsupported locale, expected one of ${supportedLocales.join(", ")}`);
  }
}

/** The wake word as it is compared and stored. */
export function normalizedWakeWord(item: VoiceCase): string {
  return lowerAscii(trimText(item.wakeWord));
}

export function isSupportedWakeWord(item: VoiceCase): boolean {
  return supportedWakeWords.includes(normalizedWakeWord(item));
}

/** Locales are compared as they are written. */
export function isSupportedLocale(item: VoiceCase): boolean {
  return supportedLocales.includes(trimText(item.locale));
}

/** The speaker as a channel name; one that cannot name a channel becomes `voice`. */
export function normalizedSpeaker(item: VoiceCase): string {
  const speaker = trimText(item.speakerId);
  return isPlainName(speaker) ? speaker : "voice";
}

export function voiceCaseKey(item: VoiceCase): string {
  return `${item.mode}:${normalizedWakeWord(item)}:${normalizedSpeaker(item)}:${item.caseId}`;
}
