import type { RolloutView } from "#contract/rollout/view";
import { triggerIds, type TriggerId } from "#contract/rollout/vocabulary";
import { isRunning, lastCheckOfPhase } from "./standing";
import type { RolloutState } from "./state";
import { triggerTexts } from "./trigger-texts";

type TriggerView = RolloutView["triggers"][number];

/** The five triggers (seed 003, rollback trigger matrix), with what each found. */
export function triggerViews(state: RolloutState): TriggerView[] {
  return triggerIds.map((trigger) => triggerView(state, trigger));
}

function triggerView(state: RolloutState, trigger: TriggerId): TriggerView {
  const fired = state.triggers.find((candidate) => candidate.trigger === trigger);
  const { title, threshold, action } = triggerTexts[trigger];
  const texts = { trigger, title, threshold, action };
  if (fired === undefined)
    return {
      ...texts,
      state: isEvaluated(state, trigger) ? "clear" : "not-evaluated",
      firedUnixMs: null,
      check: null,
      primary: false,
      findings: [],
    };
  return {
    ...texts,
    state: "fired",
    firedUnixMs: fired.unixMs,
    check: fired.check,
    primary: fired.primary,
    findings: [...fired.findings],
  };
}

/**
 * Whether a check has judged the trigger: preflight judges T5 alone (spec/tau/rollout.md §4), and an ended rollout
 * none any more. What no check has judged is not clear.
 */
function isEvaluated(state: RolloutState, trigger: TriggerId): boolean {
  if (!isRunning(state.status)) return false;
  if (trigger === "T5") return state.checks > 0;
  if (state.phase === "preflight") return false;
  return state.phase !== "canary-1" || lastCheckOfPhase(state) !== null;
}
