import type { Clock } from "../clock";
import type { CyclePlan, StampedChannelEntry } from "../cycle/play-cycle";
import { printStateDocument, type StateDocument } from "../cycle/state-document";
import { jsonObject, type Json } from "../json";
import {
  encodeVoiceState,
  recordInteraction,
  renderVoiceMemory,
  type VoiceState,
} from "../surfaces/voice/state";
import { isPlainName, lowerAscii, trimText } from "../text";
import { hearFrame, type HeardFrame, isAwake } from "./hear-frame";
import type { VoiceFrame, VoiceLiveInput } from "./input";
import { printSessionEvent, printSessionLines, sessionHealth, type SessionCounters } from "./session-report";

export interface VoiceLiveSettings {
  readonly wakeWord: string;
  /** Most frames of one session, at least 1. */
  readonly maxTurns: number;
  /** Whether each handled turn also records its spoken answer. */
  readonly speaks: boolean;
}

/**
 * Plays one live session in memory (spec/tau/surfaces.md §7.1): it shares state and event log with the voice contract
 * runner, never deduplicates and leaves the processed case keys alone. Nothing is written here.
 */
export function playVoiceSession(
  input: VoiceLiveInput,
  before: StateDocument<VoiceState>,
  settings: VoiceLiveSettings,
  clock: Clock,
): CyclePlan {
  const startedMs = clock.monotonicMs();
  const wakeWord = lowerAscii(trimText(settings.wakeWord));
  const queue = input.frames.slice(0, settings.maxTurns);
  const channelEntries: StampedChannelEntry[] = [];
  let { state } = before;
  const heardFrames = queue.map((frame) => {
    const heard = hearFrame(frame, wakeWord);
    const turn = describeTurn(input.sessionId, frame, wakeWord, clock.nowUnixMs());
    if (heard.outcome === "success") state = recordInteraction(state, interactionOf(frame, turn, heard));
    const memory = heard.outcome === "success" ? renderVoiceMemory(state, turn.speaker) : null;
    channelEntries.push(entryOf(turn, heard.outcome, outcomeFields(frame, heard), memory));
    if (heard.outcome === "success" && settings.speaks)
      channelEntries.push({
        ...entryOf(turn, "tts_output", { utterance: heard.utterance }, null),
        direction: "assistant",
      });
    return heard;
  });
  const counters = countFrames(input.frames.length, heardFrames, settings.speaks);
  const durationMs = Math.max(0, Math.floor(clock.monotonicMs() - startedMs));
  const health = sessionHealth(counters, before.health.failure_streak, clock.nowUnixMs(), durationMs);
  const session = { sessionId: input.sessionId, wakeWord, counters };
  return {
    stateText: printStateDocument(
      before.processedCaseKeys,
      { beforeHealth: encodeVoiceState(state) },
      health,
    ),
    eventLine: printSessionEvent(session, health, clock.nowUnixMs()),
    channelEntries,
    stdoutLines: printSessionLines(input.sessionId, counters, health),
  };
}

/** What every record of one frame says. */
interface Turn {
  readonly sessionId: string;
  readonly frameId: string;
  readonly key: string;
  readonly speaker: string;
  readonly wakeWord: string;
  readonly nowUnixMs: number;
}

function describeTurn(sessionId: string, frame: VoiceFrame, wakeWord: string, nowUnixMs: number): Turn {
  const named = trimText(frame.speakerId);
  const speaker = isPlainName(named) ? named : "voice";
  const key = `live:${sessionId}:${speaker}:${frame.frameId}`;
  return { sessionId, frameId: frame.frameId, key, speaker, wakeWord, nowUnixMs };
}

function interactionOf(frame: VoiceFrame, turn: Turn, heard: HeardFrame) {
  return {
    case_key: turn.key,
    case_id: frame.frameId,
    mode: "live_turn",
    wake_word: turn.wakeWord,
    locale: frame.locale,
    speaker_id: turn.speaker,
    utterance: heard.utterance,
    last_status_code: heard.statusCode,
    last_outcome: heard.outcome,
    updated_unix_ms: turn.nowUnixMs,
  };
}

function outcomeFields(frame: VoiceFrame, heard: HeardFrame): Readonly<Record<string, Json>> {
  if (heard.errorCode !== "") return { error_code: heard.errorCode, status_code: heard.statusCode };
  if (heard.outcome !== "success") return { status_code: heard.statusCode };
  return { locale: frame.locale, utterance: heard.utterance, status_code: heard.statusCode };
}

function entryOf(
  turn: Turn,
  outcome: string,
  fields: Readonly<Record<string, Json>>,
  memory: string | null,
): StampedChannelEntry {
  return {
    transport: "voice",
    channelId: turn.speaker,
    eventKey: turn.key,
    source: "tau-voice-live-runner",
    timestampUnixMs: turn.nowUnixMs,
    logPayload: jsonObject({
      outcome,
      session_id: turn.sessionId,
      frame_id: turn.frameId,
      speaker_id: turn.speaker,
      wake_word: turn.wakeWord,
      ...fields,
    }),
    contextText: `voice live frame ${turn.frameId} ${outcome} session=${turn.sessionId} speaker=${turn.speaker}`,
    memory,
  };
}

function countFrames(discovered: number, heard: readonly HeardFrame[], speaks: boolean): SessionCounters {
  const count = (outcome: HeardFrame["outcome"]): number =>
    heard.filter((frame) => frame.outcome === outcome).length;
  const handled = count("success");
  return {
    discovered_frames: discovered,
    queued_frames: heard.length,
    wake_word_detections: heard.filter(isAwake).length,
    handled_turns: handled,
    ignored_frames: count("ignored_no_wake_word"),
    invalid_audio_frames: count("invalid_audio"),
    provider_outages: count("provider_outage"),
    tts_outputs: speaks ? handled : 0,
  };
}
