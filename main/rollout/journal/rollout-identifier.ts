import { randomBytes } from "node:crypto";
import { BridgeError } from "#contract/envelope";
import { datedIdentifierAfter, isDatedIdentifier } from "#domain/dated-identifier";

/** Whether a name below `.gatehouse/rollouts` is a rollout's, for example `20261121T045200Z-1f3a`: of a moment there is. */
export const isRolloutId = isDatedIdentifier;

/** An identifier that sorts after `latest`, of the second `unixMs` is in, or of the one after the latest's. */
export function rolloutIdAfter(latest: string | null, unixMs: number): string {
  return datedIdentifierAfter(latest, unixMs, randomBytes(2).toString("hex"));
}

/** Throws a `BridgeError` (`invalid_request`): identifiers become names of folders. */
export function requireRolloutId(rolloutId: string): void {
  if (isRolloutId(rolloutId)) return;
  const message = `"${rolloutId.slice(0, 100)}" names no rollout: expected an identifier like 20261121T045200Z-1f3a.`;
  throw new BridgeError("invalid_request", message);
}
