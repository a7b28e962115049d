import { randomBytes } from "node:crypto";
import { BridgeError } from "#contract/envelope";

const idPattern = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z-[0-9a-f]{4}$/;

/** Whether a name below `.gatehouse/rollouts` is a rollout's, for example `20261121T045200Z-1f3a`: of a moment there is. */
export function isRolloutId(name: string): boolean {
  return idPattern.test(name) && secondOf(name) !== Number.NEGATIVE_INFINITY;
}

/** An identifier that sorts after `latest`, of the second `unixMs` is in, or of the one after the latest's. */
export function rolloutIdAfter(latest: string | null, unixMs: number): string {
  const second = Math.floor(unixMs / 1_000) * 1_000;
  const latestSecond = latest === null ? Number.NEGATIVE_INFINITY : secondOf(latest);
  const at = new Date(Math.max(second, latestSecond + 1_000)).toISOString();
  const digits = at.slice(0, 19).replaceAll(/[-:]/g, "");
  return `${digits}Z-${randomBytes(2).toString("hex")}`;
}

/** Throws a `BridgeError` (`invalid_request`): identifiers become names of folders. */
export function requireRolloutId(rolloutId: string): void {
  if (isRolloutId(rolloutId)) return;
  const message = `"${rolloutId.slice(0, 100)}" names no rollout: expected an identifier like 20261121T045200Z-1f3a.`;
  throw new BridgeError("invalid_request", message);
}

function secondOf(id: string): number {
  const [, year, month, day, hour, minute, second] = idPattern.exec(id) ?? [];
  const time = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(time) ? Number.NEGATIVE_INFINITY : time;
}
