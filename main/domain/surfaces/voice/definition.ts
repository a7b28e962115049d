import type { CaseConclusion, ConcludedCase, SurfaceDefinition } from "../../cycle/definition";
import { jsonDifference } from "../../cycle/drift";
import { contextLine } from "../../cycle/response";
import { jsonObject } from "../../json";
import { trimText } from "../../text";
import {
  checkVoiceCompatibility,
  decodeVoiceCase,
  normalizedSpeaker,
  normalizedWakeWord,
  validateVoiceCase,
  voiceCaseKey,
  type VoiceCase,
} from "./contract";
import { evaluateVoiceCase, type VoiceEvaluation } from "./evaluate";
import {
  decodeVoiceState,
  encodeVoiceState,
  recordInteraction,
  renderVoiceMemory,
  type VoiceState,
} from "./state";

type VoiceCounter = "wake_word_detections" | "handled_turns";

/** The voice surface (spec/tau/surfaces.md §7). Cases run in file order. */
export const voiceDefinition: SurfaceDefinition<VoiceCase, VoiceState, VoiceEvaluation, VoiceCounter> = {
  contractLabel: "voice",
  label: "voice",
  source: "tau-voice-runner",
  decodeCase: decodeVoiceCase,
  validateCase: validateVoiceCase,
  checkCompatibility: checkVoiceCompatibility,
  compareCases: null,
  caseKey: voiceCaseKey,
  emptyState: [],
  decodeState: decodeVoiceState,
  encodeState: (state) => ({ beforeHealth: encodeVoiceState(state) }),
  evaluate: evaluateVoiceCase,
  payloadDrift: (item, evaluation) => jsonDifference("response_body", item.expectedBody, evaluation.body),
  conclude: concludeVoiceCase,
  counters: ["wake_word_detections", "handled_turns"],
  reasons: [
    { code: "wake_word_detected", counters: ["wake_word_detections"] },
    { code: "turns_handled", counters: ["handled_turns"] },
  ],
};

function concludeVoiceCase(
  concluded: ConcludedCase<VoiceCase, VoiceState, VoiceEvaluation>,
): CaseConclusion<VoiceState, VoiceCounter> {
  const { item, key, evaluation, nowUnixMs } = concluded;
  const speaker = normalizedSpeaker(item);
  const head = {
    case_id: item.caseId,
    mode: item.mode,
    speaker_id: speaker,
    wake_word: normalizedWakeWord(item),
  };
  const channel = {
    transport: "voice",
    channelId: speaker,
    contextText: contextLine("voice", item.caseId, evaluation, `mode=${item.mode} speaker=${speaker}`),
  };
  const { outcome, statusCode: status_code, errorCode: error_code, utterance } = evaluation;
  if (outcome !== "success") {
    const logPayload = jsonObject({ outcome, ...head, status_code, error_code });
    return { state: concluded.state, counters: {}, channel: { ...channel, logPayload, memory: null } };
  }
  const locale = trimText(item.locale);
  const state = recordInteraction(concluded.state, {
    case_key: key,
    case_id: item.caseId,
    mode: item.mode,
    wake_word: head.wake_word,
    locale,
    speaker_id: speaker,
    utterance,
    last_status_code: status_code,
    last_outcome: outcome,
    updated_unix_ms: nowUnixMs,
  });
  return {
    state,
    counters: item.mode === "wake_word" ? { wake_word_detections: 1 } : { handled_turns: 1 },
    channel: {
      ...channel,
      logPayload: jsonObject({ outcome, ...head, locale, utterance, status_code }),
      memory: renderVoiceMemory(state, speaker),
    },
  };
}
