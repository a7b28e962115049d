import type { HealthSnapshot } from "#contract/health";
import { printHealthLine } from "../cycle/reports";
import { classifyHealth } from "../health";
import { jsonObject, printCompact } from "../json";

/** Figures of one session, by their name in the event log and in its order (spec/tau/surfaces.md §7.1). */
export interface SessionCounters {
  readonly discovered_frames: number;
  readonly queued_frames: number;
  readonly wake_word_detections: number;
  readonly handled_turns: number;
  readonly ignored_frames: number;
  readonly invalid_audio_frames: number;
  readonly provider_outages: number;
  readonly tts_outputs: number;
}

/** Reason codes of a session in their fixed order (spec/tau/surfaces.md §7.1). */
export function sessionReasonCodes(counters: SessionCounters): string[] {
  const rules: readonly (readonly [string, boolean])[] = [
    ["queue_backpressure_applied", counters.discovered_frames > counters.queued_frames],
    ["wake_word_detected", counters.wake_word_detections > 0],
    ["turns_handled", counters.handled_turns > 0],
    ["frames_ignored_no_wake_word", counters.ignored_frames > 0],
    ["invalid_audio_frames_observed", counters.invalid_audio_frames > 0],
    ["provider_outage_observed", counters.provider_outages > 0],
    ["tts_output_emitted", counters.tts_outputs > 0],
  ];
  const codes = rules.filter(([, holds]) => holds).map(([code]) => code);
  return codes.length > 0 ? codes : ["healthy_cycle"];
}

/** Health after a session: unusable audio and outages are its failures (spec/tau/surfaces.md §7.1). */
export function sessionHealth(
  counters: SessionCounters,
  previousStreak: number,
  updatedUnixMs: number,
  durationMs: number,
): HealthSnapshot {
  const failed = counters.invalid_audio_frames + counters.provider_outages;
  return {
    updated_unix_ms: updatedUnixMs,
    cycle_duration_ms: durationMs,
    queue_depth: counters.discovered_frames - counters.queued_frames,
    active_runs: 0,
    failure_streak: failed > 0 ? previousStreak + 1 : 0,
    last_cycle_discovered: counters.discovered_frames,
    last_cycle_processed: counters.queued_frames,
    last_cycle_completed: counters.handled_turns,
    last_cycle_failed: failed,
    last_cycle_duplicates: 0,
  };
}

/** The session's line of `runtime-events.jsonl`, newline included. It always ends idle: one run is one whole session. */
export function printSessionEvent(
  session: { readonly sessionId: string; readonly wakeWord: string; readonly counters: SessionCounters },
  health: HealthSnapshot,
  nowUnixMs: number,
): string {
  const classification = classifyHealth(health);
  const record = jsonObject({
    timestamp_unix_ms: nowUnixMs,
    health_state: classification.state,
    health_reason: classification.reason,
    reason_codes: sessionReasonCodes(session.counters),
    session_id: session.sessionId,
    session_state: "idle",
    wake_word: session.wakeWord,
    ...session.counters,
    backlog_frames: health.queue_depth,
    failure_streak: health.failure_streak,
  });
  return `${printCompact(record)}\n`;
}

/** The two lines on standard output, in the form of the contract runners (spec/tau/surfaces.md §5). */
export function printSessionLines(
  sessionId: string,
  counters: SessionCounters,
  health: HealthSnapshot,
): [summary: string, health: string] {
  const figures = Object.entries(counters).map(([name, value]) => `${name.replace("_frames", "")}=${value}`);
  return [
    `voice live runner summary: session_id=${sessionId} ${figures.join(" ")}`,
    printHealthLine("voice live", health),
  ];
}
