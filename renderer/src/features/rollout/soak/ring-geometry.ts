import type { RolloutView } from "#contract/rollout/view";

/** Two arcs of the ring, as shares of the whole circle: what checks have proven, and what the next one may add. */
export interface RingShares {
  readonly credited: number;
  readonly pending: number;
}

/**
 * Time since the last passing check, milliseconds: it counts if the next check passes, and never more than two check
 * intervals of it (evidence-time soak). 0 while nothing counts. `now` and `countingSinceUnixMs` are Unix milliseconds of
 * the host's clock.
 */
export function pendingMs(
  soak: Pick<RolloutView["soak"], "counting" | "countingSinceUnixMs">,
  checkIntervalMs: number,
  now: number,
): number {
  if (!soak.counting || soak.countingSinceUnixMs === null) return 0;
  return Math.min(Math.max(0, now - soak.countingSinceUnixMs), 2 * checkIntervalMs);
}

/** Shares of the ring. What is pending never runs past the full circle, and is never added to what is proven. */
export function ringShares(requiredMs: number, creditedMs: number, pending: number): RingShares {
  if (requiredMs <= 0) return { credited: 0, pending: 0 };
  const credited = Math.min(1, Math.max(0, creditedMs / requiredMs));
  return { credited, pending: Math.min(1 - credited, Math.max(0, pending / requiredMs)) };
}

/** An arc of a circle as `stroke-dasharray` and `stroke-dashoffset`: `length` and `start` are shares, clockwise from the top. */
export function arcStroke(
  radius: number,
  start: number,
  length: number,
): { readonly strokeDasharray: string; readonly strokeDashoffset: number } {
  const circumference = 2 * Math.PI * radius;
  const drawn = length * circumference;
  return {
    strokeDasharray: `${drawn} ${circumference - drawn}`,
    // `|| 0`: an offset of minus zero is none.
    strokeDashoffset: -start * circumference || 0,
  };
}
