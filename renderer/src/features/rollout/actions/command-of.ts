import type { SurfaceId } from "#contract/identity";
import type { RolloutCommand } from "#contract/rollout/command";
import type { RolloutView } from "#contract/rollout/view";
import type { RolloutAction } from "./action-words";

/** An action that asks for a reason first: all but a check. */
export type Asked =
  | { readonly action: "rebaseline"; readonly surface: SurfaceId }
  | { readonly action: Exclude<RolloutAction, "check" | "rebaseline"> };

/** What is sent: the action, the revision it was decided on, and why. `freezeReason` goes with a promotion only. */
export function commandOf(
  asked: Asked,
  decidedOn: Pick<RolloutView, "rolloutId" | "revision">,
  reason: string,
  freezeReason: string | null,
): RolloutCommand {
  const decided = { rolloutId: decidedOn.rolloutId, revision: decidedOn.revision, reason };
  switch (asked.action) {
    case "promote":
      return { command: "promote", ...decided, freezeOverrideReason: freezeReason };
    case "rebaseline":
      return { command: "rebaseline", ...decided, surface: asked.surface };
    default:
      return { command: asked.action, ...decided };
  }
}
