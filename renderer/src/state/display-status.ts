import type { SurfaceReading } from "#contract/reading";

/**
 * What the panel shows for a surface. The first three are the health states; the others are states of the source, and
 * win: only a fresh reading may look healthy (contract, `freshnessStatuses`).
 */
export type DisplayStatus =
  "healthy" | "degraded" | "failing" | "stale" | "unreadable" | "missing" | "never-seen" | "unknown";

/** The word beside the glyph; status is never colour alone. */
export const statusWords: Readonly<Record<DisplayStatus, string>> = {
  healthy: "Healthy",
  degraded: "Degraded",
  failing: "Failing",
  stale: "Stale",
  unreadable: "Unreadable",
  missing: "Missing",
  "never-seen": "Never seen",
  unknown: "Unknown",
};

/** The four hues: everything that cannot be trusted now shares the grey one. */
export type StatusTone = "healthy" | "degraded" | "failing" | "stale";

/** Hue of a status. */
export function statusTone(status: DisplayStatus): StatusTone {
  return status === "healthy" || status === "degraded" || status === "failing" ? status : "stale";
}

/** Worst first, for the window title and for ordering. */
const severity: Readonly<Record<DisplayStatus, number>> = {
  failing: 0,
  unreadable: 1,
  missing: 2,
  stale: 3,
  unknown: 4,
  "never-seen": 5,
  degraded: 6,
  healthy: 7,
};

/** The status to show for a reading: its health when the source is fresh, else the source's own state. */
export function displayStatus(reading: Pick<SurfaceReading, "freshness" | "healthState">): DisplayStatus {
  return reading.freshness.status === "fresh" ? reading.healthState : reading.freshness.status;
}

/** The worst of several statuses; null for none. */
export function worstStatus(statuses: readonly DisplayStatus[]): DisplayStatus | null {
  let worst: DisplayStatus | null = null;
  for (const status of statuses) if (worst === null || severity[status] < severity[worst]) worst = status;
  return worst;
}

/** Status of a health state as a log record spells it; a word the contract does not know is `unknown`. */
export function loggedStatus(healthState: string): DisplayStatus {
  return healthState === "healthy" || healthState === "degraded" || healthState === "failing"
    ? healthState
    : "unknown";
}
