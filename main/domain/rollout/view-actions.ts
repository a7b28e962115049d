import type { ActionView } from "#contract/rollout/view";
import { openFreezeWindow } from "./freeze-window";
import { obstaclesTo } from "./obstacles";
import { isRunning } from "./standing";
import type { RolloutState } from "./state";
import { actionEffect } from "./view-action-effects";
import type { ViewContext } from "./view-context";
import { describeMoment } from "./view-words";

/** In the order of buttons: what looks, what waits, what goes on, what ends it, what mends. */
const actions = [
  "check",
  "pause",
  "resume",
  "promote",
  "abort",
  "rollback",
  "rebaseline",
  "retry-hook",
] as const satisfies readonly ActionView["action"][];

/** Every button: whether it may be pressed now, why not, and exactly what it does. */
export function actionViews(state: RolloutState, context: ViewContext): ActionView[] {
  const window = isRunning(state.status) ? openFreezeWindow(state.profile, context.now.unixMs) : null;
  const freezeWindow =
    window === null
      ? null
      : `${window.window.title}, until ${describeMoment(window.untilUnixMs, context.now.unixMs)}`;
  return actions.map((action) => {
    const obstacles = obstacleLines(state, action, context);
    return {
      action,
      allowed: obstacles.length === 0,
      obstacles,
      effect: actionEffect(state, action),
      freezeWindow: action === "promote" ? freezeWindow : null,
    };
  });
}

function obstacleLines(state: RolloutState, action: ActionView["action"], context: ViewContext): string[] {
  const { problem } = context.journal;
  if (problem !== "") return [`The journal cannot be trusted: ${problem}`];
  const refusal = obstaclesTo(state, action, context.now);
  // A freeze window asks for a reason of its own; given one, nothing stands in the way.
  if (refusal === null || refusal.code === "freeze-window") return [];
  return [refusal.message, ...refusal.details];
}
