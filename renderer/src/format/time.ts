/** `02:14:33` in UTC. Everything on screen is UTC, as in the logs it is compared with. */
export function formatTimeOfDay(unixMs: number): string {
  return new Date(unixMs).toISOString().slice(11, 19);
}

/** `2026-11-21 02:14:33.120` in UTC. */
export function formatTimestamp(unixMs: number): string {
  return new Date(unixMs).toISOString().replace("T", " ").slice(0, 23);
}

/** The value a `datetime-local` field takes and gives, read as UTC: `2026-11-21T02:14:33`. */
export function toFieldValue(unixMs: number): string {
  return new Date(unixMs).toISOString().slice(0, 19);
}

/** Reads a `datetime-local` field as UTC; null when it is empty or not a time. */
export function fromFieldValue(value: string): number | null {
  if (value === "") return null;
  const unixMs = Date.parse(`${value}Z`);
  return Number.isNaN(unixMs) || unixMs < 0 ? null : unixMs;
}
