import type { HealthSnapshot } from "#contract/health";
import { classifyHealth } from "../health";
import { jsonObject, printCompact, type Json } from "../json";
import type { CycleCounters } from "./definition";

/** What a finished cycle has to say. */
export interface CycleReport<Counter extends string> {
  readonly label: string;
  readonly counters: CycleCounters;
  readonly surfaceCounters: Readonly<Record<Counter, number>>;
  readonly counterNames: readonly Counter[];
  readonly summaryNames: Readonly<Partial<Record<Counter, string>>> | undefined;
  readonly health: HealthSnapshot;
  readonly reasonCodes: readonly string[];
  readonly eventFields: Readonly<Record<string, Json>>;
}

/** The cycle's line of `runtime-events.jsonl`, newline included, keys in declared order (spec/tau/surfaces.md §5). */
export function printEventLine<Counter extends string>(
  report: CycleReport<Counter>,
  nowUnixMs: number,
): string {
  const { counters, health } = report;
  const classification = classifyHealth(health);
  const record = jsonObject({
    timestamp_unix_ms: nowUnixMs,
    health_state: classification.state,
    health_reason: classification.reason,
    ...report.eventFields,
    reason_codes: report.reasonCodes,
    ...counters,
    ...Object.fromEntries(report.counterNames.map((name) => [name, report.surfaceCounters[name]])),
    backlog_cases: health.queue_depth,
    failure_streak: health.failure_streak,
  });
  return `${printCompact(record)}\n`;
}

/** The first line on standard output (spec/tau/surfaces.md §5). */
export function printSummaryLine<Counter extends string>(report: CycleReport<Counter>): string {
  const { counters } = report;
  const figures: readonly (readonly [string, number])[] = [
    ["discovered", counters.discovered_cases],
    ["queued", counters.queued_cases],
    ["applied", counters.applied_cases],
    ["duplicate_skips", counters.duplicate_skips],
    ["malformed", counters.malformed_cases],
    ["retryable_failures", counters.retryable_failures],
    ["retries", counters.retry_attempts],
    ["failed", counters.failed_cases],
    ...report.counterNames.map(
      (name) => [report.summaryNames?.[name] ?? name, report.surfaceCounters[name]] as const,
    ),
  ];
  const words = figures.map(([name, value]) => `${name}=${value}`);
  return `${report.label} runner summary: ${words.join(" ")}`;
}

/** The second line on standard output (spec/tau/surfaces.md §5). */
export function printHealthLine(label: string, health: HealthSnapshot): string {
  const { state, reason } = classifyHealth(health);
  return (
    `${label} runner health: state=${state} failure_streak=${health.failure_streak} ` +
    `queue_depth=${health.queue_depth} reason=${reason}`
  );
}
