import type { TriggerId } from "#contract/rollout/vocabulary";
import { browserFailureTrigger } from "./browser-failure";
import { hardErrorTrigger } from "./hard-errors";
import { healthRegressionTrigger } from "./health-regression";
import { streakBreachTrigger } from "./streak-breach";
import type { Trigger } from "./trigger";
import { validationFailureTrigger } from "./validation-failure";

/** Every trigger there is (seed 003, rollback trigger matrix; spec/tau/rollout.md §4). */
export const triggers: Readonly<Record<TriggerId, Trigger>> = {
  T1: healthRegressionTrigger,
  T2: streakBreachTrigger,
  T3: hardErrorTrigger,
  T4: browserFailureTrigger,
  T5: validationFailureTrigger,
};
