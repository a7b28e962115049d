import { useState } from "react";
import type { BridgeError } from "#contract/envelope";
import type { RequestInput } from "#contract/requests";
import type { RepositoryView, RollbackPreview } from "#contract/tos/repository";
import { useRequest } from "../../../../state/use-request";

/** What a rollback or an undo would do: as it was looked at, and as it is now. */
export interface Preview {
  /** What the operator decides on; its identifier goes with the command. Null until it is here. */
  readonly decidedOn: RollbackPreview | null;
  /** What would happen now, when that is no longer what was decided on; the operator has to look at it first. */
  readonly changed: RollbackPreview | null;
  readonly asking: boolean;
  readonly error: BridgeError | null;
  readonly askAgain: () => void;
  /** Decide on what would happen now. */
  readonly acknowledge: () => void;
}

/** Changes whenever a preview may say something else: the branch, the working tree, or the last checkpoint is another. */
export function previewRevision({ head, lastCheckpoint, treeDigest, recoveries }: RepositoryView): string {
  const kept = recoveries.map(({ recoveryId, state }) => `${recoveryId} ${state}`).join(" ");
  return `${head?.hash ?? ""} ${treeDigest} ${lastCheckpoint?.hash ?? ""} ${kept}`;
}

/**
 * Asks what a rollback or an undo would do, and again whenever the repository changes. What is shown is what is decided
 * on: a newer answer is held back as `changed` until the operator has looked at it.
 */
export function usePreview(input: RequestInput<"tos.preview">, repository: RepositoryView): Preview {
  const { ask, asking, error, value } = useRequest("tos.preview", input, previewRevision(repository));
  const [accepted, setAccepted] = useState<RollbackPreview | null>(null);
  const decidedOn = accepted ?? value;
  if (accepted === null && value !== null) setAccepted(value);
  const changed =
    value === null || decidedOn === null || value.previewId === decidedOn.previewId ? null : value;
  return { decidedOn, changed, asking, error, askAgain: ask, acknowledge: () => setAccepted(value) };
}
