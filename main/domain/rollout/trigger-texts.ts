import type { TriggerId } from "#contract/rollout/vocabulary";

/** What a trigger is called, and the seed's words for when it fires and what is done. */
export interface TriggerText {
  readonly title: string;
  readonly threshold: string;
  readonly action: string;
}

/** The rollback trigger matrix, word for word (seed 003). */
export const triggerTexts: Readonly<Record<TriggerId, TriggerText>> = {
  T1: {
    title: "Health regression",
    threshold:
      "Any surface reports `health_state=degraded` or `health_state=failing` for 2 consecutive checks",
    action: "Freeze promotion at current phase and start rollback workflow.",
  },
  T2: {
    title: "Failure streak breach",
    threshold: "Any surface reaches `failure_streak>=3`",
    action: "Trigger rollback immediately, do not continue canary.",
  },
  T3: {
    title: "Hard runtime errors",
    threshold: "New `case_processing_failed` or `malformed_inputs_observed` appears during canary windows",
    action: "Trigger rollback, capture runtime events and artifacts for incident review.",
  },
  T4: {
    title: "Browser execution failure",
    threshold: "Browser timeline step is non-`ok` or has non-empty `error_code`",
    action: "Trigger rollback and switch to previous known-good browser lane.",
  },
  T5: {
    title: "Validation gate failure",
    threshold: "Unified harness or CI `live-smoke-matrix` fails",
    action: "Trigger rollback and block merge/release sign-off.",
  },
};
