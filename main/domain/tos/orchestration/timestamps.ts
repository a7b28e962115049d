/** A moment in local time, taken apart by whoever knows the zone. `month` and `day` count from 1. */
export interface LocalTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly microsecond: number;
}

/**
 * As the reference stamps its files: local time without a zone, six digits of a second, no fraction when it is exactly
 * zero (spec/tos/orchestrator.md §3): `2025-12-13T23:19:06.517283`.
 */
export function formatTimestamp(time: LocalTime): string {
  const date = [digits(time.year, 4), digits(time.month, 2), digits(time.day, 2)].join("-");
  const clock = [digits(time.hour, 2), digits(time.minute, 2), digits(time.second, 2)].join(":");
  return `${date}T${clock}${time.microsecond === 0 ? "" : `.${digits(time.microsecond, 6)}`}`;
}

const digits = (value: number, width: number): string => String(value).padStart(width, "0");
