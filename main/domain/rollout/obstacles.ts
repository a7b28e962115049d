import { surfaceIds, surfaceLabels, type SurfaceId } from "#contract/identity";
import type { Refusal, RolloutCommandName } from "#contract/rollout/command";
import type { Instant } from "#contract/rollout/observation";
import { phaseLabels } from "#contract/rollout/vocabulary";
import { describeSpan } from "../freshness";
import { promotionObstacles, promotionRefusal } from "./commands/promotion-obstacles";
import { invalidBaselines, isRunning, pendingEffect } from "./standing";
import type { RolloutState } from "./state";

/** What an action is called in a sentence. */
const actionWords: Readonly<Record<RolloutCommandName, string>> = {
  check: "checking",
  pause: "pausing",
  resume: "resuming",
  promote: "promoting",
  abort: "aborting",
  rollback: "rolling back",
  rebaseline: "taking a new baseline",
  "retry-hook": "running the hook again",
};

/**
 * The one place that says whether an action may be done now: null when it may, else why not. Commands and screens both
 * ask it. A promotion that only a freeze window stands against is refused as `freeze-window`; a reason of its own lifts
 * that (docs/rollouts.md, Freeze windows).
 */
export function obstaclesTo(state: RolloutState, action: RolloutCommandName, now: Instant): Refusal | null {
  switch (action) {
    case "check":
      return refuseManualCheck(state, now);
    case "pause":
      return (
        refuseEnded(state, action) ??
        (state.paused === null
          ? null
          : refusal("paused", `The rollout is paused already, by ${state.paused.by.name}.`))
      );
    case "resume":
      return (
        refuseEnded(state, action) ??
        (state.paused === null
          ? refusal("not-paused", "The rollout is not paused, so there is nothing to resume.")
          : null)
      );
    case "promote":
      return refuseEnded(state, action) ?? promotionRefusal(promotionObstacles(state, now));
    case "abort":
      return refuseEnded(state, action);
    case "rollback":
      return refuseRollback(state);
    case "rebaseline":
      return refuseEnded(state, action) ?? refuseRebaseline(state, surfaceIds);
    case "retry-hook":
      return refuseRetry(state);
  }
}

/**
 * Why no check may be taken by hand now; null when one may. Checks are told from looks by their distance, so that two of
 * them in a row mean something (spec/tau/rollout.md §7 row 1).
 */
export function refuseManualCheck(state: RolloutState, now: Instant): Refusal | null {
  const ended = refuseEnded(state, "check");
  if (ended !== null || state.lastCheck === null) return ended;
  const { at } = state.lastCheck.observation;
  // Without a clock in common the wall clock has to do; one that went back stands in nobody's way.
  const sinceMs = at.session === now.session ? now.monotonicMs - at.monotonicMs : now.unixMs - at.unixMs;
  const distanceMs = state.profile.manualCheckDistanceMs;
  if (sinceMs < 0 || sinceMs >= distanceMs) return null;
  return refusal(
    "check-too-soon",
    `Check ${state.checks} was taken ${describeSpan(sinceMs)} ago, and one by hand is at least ${describeSpan(distanceMs)} after the one before it.`,
    [`Wait another ${describeSpan(Math.ceil((distanceMs - sinceMs) / 1_000) * 1_000)}.`],
  );
}

/** Why none of these surfaces can get a new baseline; null when at least one of them can (§7 row 11). */
export function refuseRebaseline(state: RolloutState, surfaces: readonly SurfaceId[]): Refusal | null {
  const invalid = invalidBaselines(state);
  if (surfaces.some((surface) => invalid.includes(surface))) return null;
  const names =
    surfaces.length === 1 ? surfaces.map((surface) => surfaceLabels[surface]).join() : "every surface";
  return refusal(
    "nothing-to-do",
    `The last check found the baseline of ${names} valid, so there is nothing to take anew.`,
    invalid.map((surface) => `R-BASELINE holds on ${surfaceLabels[surface]}.`),
  );
}

function refuseEnded({ status, ending, phase }: RolloutState, action: RolloutCommandName): Refusal | null {
  if (isRunning(status)) return null;
  const by = ending === null ? "" : ` by ${ending.by.name}`;
  return refusal(
    "rollout-ended",
    `The rollout is ${status.replaceAll("_", " ")}: ${actionWords[action]} is over, only a new rollout goes on.`,
    [`It ended in ${phaseLabels[phase]}${by}${ending === null ? "" : `: ${ending.reason}`}`],
  );
}

/** A rollout that was aborted can still be rolled back: rollback wins over everything but itself. */
function refuseRollback(state: RolloutState): Refusal | null {
  if (state.status !== "aborted" && !isRunning(state.status)) return refuseEnded(state, "rollback");
  if (state.phase !== "preflight") return null;
  return refusal(
    "nothing-to-do",
    "No surface has the candidate in preflight, so there is nothing to roll back.",
  );
}

/**
 * The hook of a rollback can be run again although the rollout has ended: that raises no percent, and without it a
 * failed one would leave the candidate where it was.
 */
function refuseRetry(state: RolloutState): Refusal | null {
  const effect = pendingEffect(state);
  if (effect?.state === "failed") return null;
  if (effect === null && !isRunning(state.status)) return refuseEnded(state, "retry-hook");
  return refusal(
    "nothing-to-do",
    effect === null
      ? "No hook waits to be run again: the percent of this phase has been given."
      : `The hook is still being run (attempt ${effect.attempt}); it can be run again by hand once it failed for good.`,
  );
}

function refusal(code: Refusal["code"], message: string, details: readonly string[] = []): Refusal {
  return { code, message, details: [...details] };
}
