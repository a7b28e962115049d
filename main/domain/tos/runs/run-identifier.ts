import { BridgeError } from "#contract/envelope";
import { datedIdentifierAfter, isDatedIdentifier } from "#domain/dated-identifier";

/** Whether a name is that of a run, for example `20261121T045200Z-1f3a`: of a moment there is. */
export const isRunId = isDatedIdentifier;

/** Identifier of a run that begins at `unixMs`, sorting after `latest`; `suffix` is four hexadecimal digits by chance. */
export const runIdAfter = datedIdentifierAfter;

/** Throws a `BridgeError` (`invalid_request`): identifiers become names of files. */
export function requireRunId(runId: string): void {
  if (isRunId(runId)) return;
  const message = `"${runId.slice(0, 100)}" names no run: expected an identifier like 20261121T045200Z-1f3a.`;
  throw new BridgeError("invalid_request", message);
}
