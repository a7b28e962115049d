import { surfaceIds, surfaceLabels } from "#contract/identity";
import type { ActionView } from "#contract/rollout/view";
import { phaseLabels, type RuleId } from "#contract/rollout/vocabulary";
import { describeSpan } from "../freshness";
import { invalidBaselines, nextPhase, pendingEffect } from "./standing";
import type { RolloutState } from "./state";
import { requiredSoakMs } from "./view-soak";
import { describeGates, hookCommand } from "./view-words";

/** Exactly what pressing an action does now, or would do if nothing stood in its way. */
export function actionEffect(state: RolloutState, action: ActionView["action"]): string {
  switch (action) {
    case "check":
      return checkEffect(state);
    case "pause":
      return (
        `Pauses in ${where(state)}: no time counts and nothing is promoted until somebody resumes. ` +
        "Checks go on, triggers still roll back, and the evidence so far is kept."
      );
    case "resume":
      return resumeEffect(state);
    case "promote":
      return promoteEffect(state);
    case "abort":
      return state.phase === "preflight"
        ? `Ends this rollout in ${where(state)} for good. The candidate has been given nothing.`
        : `Ends this rollout in ${where(state)} for good. The candidate keeps its declared ${state.percent} % until it is rolled back.`;
    case "rollback":
      return (
        `Ends this rollout in ${where(state)} for good and opens its rollback: declares 0 %${askHook(state, "to take the candidate back")}, ` +
        "records the incident time, and leaves steps 2 to 6 of the runbook to the operator."
      );
    case "rebaseline":
      return rebaselineEffect(state);
    case "retry-hook":
      return retryEffect(state);
  }
}

function where({ phase }: RolloutState): string {
  return phaseLabels[phase];
}

function checkEffect(state: RolloutState): string {
  const consequence =
    state.phase === "preflight"
      ? "A failed harness or CI run blocks the rollout (T5)."
      : "It counts for the soak as a scheduled one does, and a trigger that fires in it rolls back.";
  return `Takes check ${state.checks + 1} now: reads the five surfaces and judges every rule. ${consequence}`;
}

function resumeEffect(state: RolloutState): string {
  const required = requiredSoakMs(state);
  const evidence =
    required === 0
      ? ""
      : ` with ${describeSpan(state.soak.creditedMs)} of ${describeSpan(required)} proven; time counts again from the next check that passes`;
  return `Resumes ${where(state)}${evidence}.`;
}

function promoteEffect(state: RolloutState): string {
  const condition = "Takes a check and, if everything passes in it,";
  const next = state.profile.phases.find(({ id }) => id === nextPhase(state.phase));
  if (next === undefined)
    return `${condition} completes the rollout: the candidate keeps its ${state.percent} %, and no check or trigger watches it any more.`;
  return (
    `${condition} enters ${phaseLabels[next.id]}: declares ${next.percent} %${askHook(state, "to give it")}, ` +
    `soak ${describeSpan(next.minimumSoakMs)}, gates ${describeGates(next.gates)}.${notPassingThere(state, next.gates)}`
  );
}

/** Gates that look at a surface as it is; the others count from a baseline that the promotion only takes. */
const presentGates: readonly RuleId[] = ["G4", "G5", "G6", "G7", "G9"];

/** What the next phase demands and the last check did not find, although the present phase lets it be. */
function notPassingThere({ lastCheck }: RolloutState, gates: readonly RuleId[]): string {
  const failing = (lastCheck?.verdicts ?? [])
    .filter(({ rule }) => presentGates.includes(rule) && gates.includes(rule))
    .flatMap(({ rule, statuses }) =>
      statuses.flatMap((status, index) => {
        const surface = statuses.length === 1 ? undefined : surfaceIds[index];
        const place = surface === undefined ? rule : `${rule} ${surfaceLabels[surface]}`;
        return status === "passed" ? [] : [`${place} (${status})`];
      }),
    );
  return failing.length === 0
    ? ""
    : ` Not passing there as of check ${lastCheck?.check}: ${failing.join(", ")}.`;
}

function askHook({ profile }: RolloutState, purpose: string): string {
  return profile.percentHook === null
    ? ""
    : `, asks the hook \`${hookCommand(profile.percentHook)}\` ${purpose}`;
}

function rebaselineEffect(state: RolloutState): string {
  const [first] = invalidBaselines(state);
  const counted =
    "what its log says up to then no longer counts as new, and the codes of the old log are out of sight";
  return first === undefined
    ? `Takes the counts of the last check as a surface's new baseline: ${counted}.`
    : `Takes the counts of check ${state.checks} as the new baseline of ${surfaceLabels[first]}: ${counted}.`;
}

function retryEffect(state: RolloutState): string {
  const { percentHook } = state.profile;
  const effect = pendingEffect(state);
  if (percentHook === null)
    return "Nothing: this rollout's profile has no hook, its percent is only declared.";
  const percent = effect === null ? "the percent" : `${effect.percent} %`;
  return `Runs the hook \`${hookCommand(percentHook)}\` again to give ${percent}, in at most ${percentHook.attempts === 1 ? "1 attempt" : `${percentHook.attempts} attempts`}.`;
}
