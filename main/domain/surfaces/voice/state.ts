import { renderSnapshot, upsertRecord } from "../../cycle/records";
import { unsigned16, unsigned64, type FieldReader } from "../../decode";
import { jsonObject, type Json } from "../../json";
import { byKeys } from "../../text";

/** One entry of `interactions[]`, keys in file order (spec/tau/surfaces.md §7). */
export interface VoiceInteraction {
  readonly case_key: string;
  readonly case_id: string;
  readonly mode: string;
  readonly wake_word: string;
  readonly locale: string;
  readonly speaker_id: string;
  readonly utterance: string;
  readonly last_status_code: number;
  readonly last_outcome: string;
  readonly run_count: number;
  readonly updated_unix_ms: number;
}

/** Sorted by speaker. */
export type VoiceState = readonly VoiceInteraction[];

export function decodeVoiceState(reader: FieldReader): VoiceState {
  const interactions = reader.objects("interactions", decodeInteraction, []);
  return interactions.toSorted(byKeys((interaction) => interaction.speaker_id));
}

function decodeInteraction(reader: FieldReader): VoiceInteraction {
  return {
    case_key: reader.string("case_key"),
    case_id: reader.string("case_id"),
    mode: reader.string("mode"),
    wake_word: reader.string("wake_word"),
    locale: reader.string("locale"),
    speaker_id: reader.string("speaker_id"),
    utterance: reader.string("utterance"),
    last_status_code: reader.integer("last_status_code", unsigned16),
    last_outcome: reader.string("last_outcome"),
    run_count: reader.integer("run_count", unsigned64),
    updated_unix_ms: reader.integer("updated_unix_ms", unsigned64),
  };
}

export function encodeVoiceState(state: VoiceState): Readonly<Record<string, Json>> {
  return { interactions: state.map((interaction) => jsonObject({ ...interaction })) };
}

/** Adds or replaces the interaction with the same case key; its run count goes on. */
export function recordInteraction(
  state: VoiceState,
  interaction: Omit<VoiceInteraction, "run_count">,
): VoiceState {
  const before = state.find((existing) => existing.case_key === interaction.case_key)?.run_count ?? 0;
  const { updated_unix_ms, ...head } = interaction;
  const counted = { ...head, run_count: before + 1, updated_unix_ms };
  return upsertRecord(
    state,
    counted,
    (existing) => existing.case_key,
    (existing) => existing.speaker_id,
  );
}

/** MEMORY.md of one speaker's channel; the channel `voice` shows every speaker. */
export function renderVoiceMemory(state: VoiceState, speaker: string): string {
  const shown =
    speaker === "voice" ? state : state.filter((interaction) => interaction.speaker_id === speaker);
  return renderSnapshot(
    `Voice Snapshot (${speaker})`,
    shown.map(
      (interaction) =>
        `speaker=${interaction.speaker_id} mode=${interaction.mode} wake_word=${interaction.wake_word} ` +
        `status=${interaction.last_status_code} utterance=${interaction.utterance || "-"}`,
    ),
    "no voice interactions",
  );
}
