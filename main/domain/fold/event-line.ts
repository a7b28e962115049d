import type { CycleFigures } from "#contract/reading";
import { isRepeatedKey } from "./json-keys";
import { trimText } from "../text";

/** What one line of `runtime-events.jsonl` says. `invalid` carries the reason in words. */
export type EventLine =
  | { readonly kind: "blank" }
  | { readonly kind: "invalid"; readonly problem: string }
  | {
      readonly kind: "valid";
      readonly record: Readonly<Record<string, unknown>>;
      readonly reasonCodes: readonly string[];
      readonly healthReason: string;
    };

const loneSurrogate = /\p{Surrogate}/u;

const invalid = (problem: string): EventLine => ({ kind: "invalid", problem });

/**
 * The validity rule of an event line (spec/tau/health.md §4): after trimming, a JSON object whose `reason_codes` is an
 * array of strings (default empty) and whose `health_reason` is a string (default empty); other keys are ignored. A
 * repeated `reason_codes` or `health_reason` and a lone surrogate in one of them are parse errors (surfaces.md §0).
 */
export function readEventLine(text: string): EventLine {
  const trimmed = trimText(text);
  if (trimmed === "") return { kind: "blank" };
  if (!trimmed.startsWith("{"))
    return invalid(`expected a JSON object, found ${JSON.stringify(trimmed.slice(0, 20))}`);
  // The commonest damage, told without the cost of an exception.
  if (!trimmed.endsWith("}")) return invalid("not JSON: the line does not close the object it begins");
  let value: unknown;
  try {
    value = JSON.parse(trimmed);
  } catch (error) {
    return invalid(`not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  const record = value as Record<string, unknown>;
  const reasonCodes = Object.hasOwn(record, "reason_codes") ? record["reason_codes"] : [];
  const healthReason = Object.hasOwn(record, "health_reason") ? record["health_reason"] : "";
  if (!Array.isArray(reasonCodes) || !reasonCodes.every((code) => typeof code === "string"))
    return invalid("reason_codes: expected an array of strings");
  if (typeof healthReason !== "string") return invalid("health_reason: expected a string");
  if (loneSurrogate.test(healthReason)) return invalid("health_reason: lone surrogate");
  if (reasonCodes.some((code) => loneSurrogate.test(code))) return invalid("reason_codes: lone surrogate");
  for (const key of ["reason_codes", "health_reason"])
    if (isRepeatedKey(trimmed, key)) return invalid(`${key}: the key is repeated`);
  return { kind: "valid", record, reasonCodes, healthReason };
}

const figureKeys = {
  timestampUnixMs: "timestamp_unix_ms",
  discovered: "discovered_cases",
  queued: "queued_cases",
  applied: "applied_cases",
  duplicates: "duplicate_skips",
  malformed: "malformed_cases",
  retryableFailures: "retryable_failures",
  retries: "retry_attempts",
  failed: "failed_cases",
  backlog: "backlog_cases",
  failureStreak: "failure_streak",
} as const;
const commonKeys: ReadonlySet<string> = new Set(Object.values(figureKeys));
/** Bounds on what is shown of one record: its line may be a mebibyte, and a page of events has hundreds. */
const maximumExtraFigures = 64;
const maximumShownCodes = 256;
const maximumShownText = 2_000;
const maximumShownName = 200;

/** A count, or 0 where the record has none that can be trusted: unknown shapes are shown, not refused. */
export function countOf(value: unknown): number {
  return typeof value === "number" && Number.isSafeInteger(value) && value > 0 ? value : 0;
}

/** Reason codes as they are shown: cut where a record is beyond all measure. */
export function shownCodes(codes: readonly string[]): string[] {
  return codes.slice(0, maximumShownCodes).map((code) => code.slice(0, maximumShownName));
}

/** Figures of one valid record (spec/tau/surfaces.md §5); numbers under other keys go to `extra`. */
export function cycleFigures(line: Extract<EventLine, { kind: "valid" }>): CycleFigures {
  const { record } = line;
  const count = (field: keyof typeof figureKeys): number => countOf(record[figureKeys[field]]);
  const extra = Object.entries(record)
    .filter((entry): entry is [string, number] => typeof entry[1] === "number" && Number.isFinite(entry[1]))
    .filter(([key]) => !commonKeys.has(key) && key.length <= maximumShownName)
    .slice(0, maximumExtraFigures);
  return {
    timestampUnixMs: count("timestampUnixMs"),
    healthState:
      typeof record["health_state"] === "string" ? record["health_state"].slice(0, maximumShownName) : "",
    healthReason: line.healthReason.slice(0, maximumShownText),
    reasonCodes: shownCodes(line.reasonCodes),
    discovered: count("discovered"),
    queued: count("queued"),
    applied: count("applied"),
    duplicates: count("duplicates"),
    malformed: count("malformed"),
    retryableFailures: count("retryableFailures"),
    retries: count("retries"),
    failed: count("failed"),
    backlog: count("backlog"),
    failureStreak: count("failureStreak"),
    extra: Object.fromEntries(extra),
  };
}
