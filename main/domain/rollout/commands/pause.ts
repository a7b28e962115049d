import type { Instant } from "#contract/rollout/observation";
import { obstaclesTo } from "../obstacles";
import type { RolloutState } from "../state";
import type { CommandInput, CommandOutcome } from "./outcome";

/** Pauses: nothing counts and nothing is promoted, while checks go on and triggers still protect (docs/rollouts.md). */
export function decidePause(state: RolloutState, input: CommandInput<"pause">, now: Instant): CommandOutcome {
  const refusal = obstaclesTo(state, "pause", now);
  if (refusal !== null) return { refusal };
  return {
    events: [{ type: "paused", at: now, by: input.by, reason: input.command.reason }],
    message: "Paused; time counts again from the first passing check after it is resumed.",
  };
}

/** Ends a pause; evidence from before it is kept. */
export function decideResume(
  state: RolloutState,
  input: CommandInput<"resume">,
  now: Instant,
): CommandOutcome {
  const refusal = obstaclesTo(state, "resume", now);
  if (refusal !== null) return { refusal };
  return {
    events: [{ type: "resumed", at: now, by: input.by, reason: input.command.reason }],
    message: "Resumed; time counts from the next passing check on.",
  };
}
