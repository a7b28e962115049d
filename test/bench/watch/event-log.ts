import { createWriteStream } from "node:fs";
import { once } from "node:events";

const outcomes = [
  {
    state: "healthy",
    reason: "no recent transport failures observed",
    codes: ["wake_word_detected", "turns_handled"],
  },
  { state: "healthy", reason: "no recent transport failures observed", codes: ["duplicate_cases_skipped"] },
  {
    state: "degraded",
    reason: "recent transport failures observed (failure_streak=1, last_cycle_failed=1)",
    codes: ["retry_attempted", "retryable_failures_observed", "case_processing_failed", "turns_handled"],
  },
  { state: "healthy", reason: "no recent transport failures observed", codes: ["turns_handled"] },
] as const;

/**
 * One record as the voice runner writes it (spec/tau/surfaces.md §5). `full` has every counter (about 370 bytes);
 * otherwise the counters a record may leave out are left out, which makes a million lines about 200 MB.
 */
export function eventRecord(cycle: number, full: boolean): string {
  const outcome =
    outcomes[cycle % 7 === 3 ? 2 : cycle % 2 === 0 ? 0 : cycle % 5 === 1 ? 1 : 3] ?? outcomes[0];
  const failed = outcome.state === "degraded" ? 1 : 0;
  const head = {
    timestamp_unix_ms: 1_771_000_000_000 + cycle * 15_000,
    health_state: outcome.state,
    health_reason: outcome.reason,
    reason_codes: outcome.codes,
    discovered_cases: 3 + (cycle % 4),
  };
  const counters = {
    queued_cases: 3 + (cycle % 4),
    applied_cases: 2 + (cycle % 4),
    duplicate_skips: 0,
    malformed_cases: 0,
    retryable_failures: failed * 4,
    retry_attempts: failed * 3,
    failed_cases: failed,
    wake_word_detections: 1,
    handled_turns: 2,
    backlog_cases: 0,
    failure_streak: failed,
  };
  return JSON.stringify(full ? { ...head, ...counters } : { ...head, failure_streak: failed });
}

/** Writes records `from` to `to` (exclusive) at the end of a log. */
export async function writeEventLog(path: string, from: number, to: number, full: boolean): Promise<void> {
  const stream = createWriteStream(path, { flags: "a" });
  for (let cycle = from; cycle < to;) {
    const lines: string[] = [];
    for (; cycle < to && lines.length < 5_000; cycle += 1) lines.push(`${eventRecord(cycle, full)}\n`);
    if (!stream.write(lines.join(""))) await once(stream, "drain");
  }
  stream.end();
  await once(stream, "finish");
}
