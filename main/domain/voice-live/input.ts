import { ContractError } from "../contract-error";
import { FieldReader, unsigned32 } from "../decode";
import { parseJson } from "../json-parse";
import { isBlank, trimText } from "../text";

/** One heard frame; blank names and locales are already filled in. */
export interface VoiceFrame {
  readonly frameId: string;
  readonly transcript: string;
  readonly speakerId: string;
  readonly locale: string;
  readonly invalidAudio: boolean;
  readonly providerOutage: boolean;
}

export interface VoiceLiveInput {
  readonly sessionId: string;
  readonly frames: readonly VoiceFrame[];
}

/** Reads the frames of one live session (spec/tau/surfaces.md §7.1); throws with the field at fault. */
export function parseVoiceLiveInput(text: string): VoiceLiveInput {
  const reader = new FieldReader(parseJson(text), "");
  const version = reader.integer("schema_version", unsigned32, 1);
  if (version !== 1)
    throw new ContractError(`schema_version: unsupported voice live schema version ${version} (expected 1)`);
  const frames = reader.objects("frames", decodeFrame);
  return {
    sessionId: textOr(reader.string("session_id", ""), "voice-live"),
    frames: frames.map((frame, index) => ({
      ...frame,
      frameId: textOr(frame.frameId, `frame-${index + 1}`),
    })),
  };
}

function decodeFrame(reader: FieldReader): VoiceFrame {
  return {
    frameId: reader.string("frame_id", ""),
    transcript: reader.string("transcript", ""),
    speakerId: reader.string("speaker_id", ""),
    locale: textOr(reader.string("locale", ""), "en-US"),
    invalidAudio: reader.boolean("invalid_audio", false),
    providerOutage: reader.boolean("provider_outage", false),
  };
}

function textOr(text: string, fallback: string): string {
  return isBlank(text) ? fallback : trimText(text);
}
