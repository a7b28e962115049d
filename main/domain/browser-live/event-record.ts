import type { BrowserLiveSummary } from "#contract/reading";
import { isJsonObject, jsonObject, sortKeys, type Json } from "../json";
import { parseJson } from "../json-parse";

/** One line of a live run's `runtime-events.jsonl`, keys sorted (spec/tau/live-run.md §4). */
export function liveEventRecord(
  summary: BrowserLiveSummary,
  previousHealthState: string,
  nowUnixMs: number,
): Json {
  const { timeline: _, ...figures } = summary;
  const steady = previousHealthState === summary.health_state;
  return sortKeys(
    jsonObject({
      ...figures,
      timestamp_unix_ms: nowUnixMs,
      previous_health_state: previousHealthState,
      health_transition: steady ? "steady" : `${previousHealthState}->${summary.health_state}`,
    }),
  );
}

/**
 * Health state of the last run, from the end of its event log: the last line, and `unknown` when there is none or it
 * does not say (spec/tau/live-run.md §4). `tail` may begin in the middle of a line.
 */
export function previousHealthState(tail: string): string {
  const last = tail
    .split("\n")
    .filter((line) => line !== "")
    .at(-1);
  if (last === undefined) return "unknown";
  try {
    const record = parseJson(last);
    const state = isJsonObject(record) ? record.get("health_state") : undefined;
    return typeof state === "string" ? state : "unknown";
  } catch {
    // A line nobody can read says nothing about the past; the reference calls that unknown too.
    return "unknown";
  }
}
