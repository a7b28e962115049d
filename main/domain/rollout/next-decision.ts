import { phaseLabels } from "#contract/rollout/vocabulary";
import { openFreezeWindow } from "./freeze-window";
import {
  automaticPhase,
  isRunning,
  isSoakComplete,
  lastCheckOfPhase,
  nextPhase,
  pendingEffect,
} from "./standing";
import type { RolloutState } from "./state";
import { describeFinding, distinctReasons, presentFindings } from "./view-findings";
import { hookStanding, requiredSoakMs } from "./view-soak";
import { describeMoment, describeRemaining, phaseWithPercent } from "./view-words";
import type { ViewContext } from "./view-context";

/** What decides next and when at the earliest, or what holds (the gravest), in one sentence. */
export function nextDecision(state: RolloutState, context: ViewContext): string {
  if (context.journal.problem !== "")
    return "The journal cannot be trusted: everything holds, and only a new rollout decides anything.";
  if (!isRunning(state.status)) return endedSentence(state);
  if (state.paused !== null)
    return `Nothing is promoted until somebody resumes what ${state.paused.by.name} paused; checks go on, and a trigger still rolls back.`;
  const effect = pendingEffect(state);
  if (effect !== null)
    return effect.state === "failed"
      ? `${hookStanding(state, effect)}; an operator has to have it run again.`
      : `${hookStanding(state, effect)}; nothing is promoted before it has.`;
  if (lastCheckOfPhase(state) === null)
    return `${nextCheckWords(state, context)} says first which gates hold.`;
  const [gravest] = distinctReasons(presentFindings(state));
  if (gravest !== undefined && (gravest.rule !== "G12" || isSoakComplete(state)))
    return `${describeFinding(gravest)}; ${lowerFirst(nextCheckWords(state, context))} decides again.`;
  if (requiredSoakMs(state) > 0 && !isSoakComplete(state)) return soakSentence(state, context);
  return readySentence(state, context);
}

function endedSentence(state: RolloutState): string {
  const where = phaseLabels[state.phase];
  switch (state.status) {
    case "complete":
      return `Complete: the candidate has ${state.percent} %, and nothing is left to decide.`;
    case "blocked":
      return `Blocked in ${where}: there is nothing to roll back, and only a new rollout decides anything.`;
    case "aborted":
      return state.phase === "preflight"
        ? `Aborted in ${where}: only a new rollout decides anything.`
        : `Aborted in ${where}: the candidate keeps its declared ${state.percent} % until it is rolled back.`;
    case "rolling_back": {
      const effect = pendingEffect(state);
      const steps = "steps 2 to 6 of the rollback are the operator's, and only a new rollout promotes again";
      return effect === null
        ? `Rolling back from ${where}: ${steps}.`
        : `${hookStanding(state, effect)}; ${steps}.`;
    }
    default:
      return `Rolled back from ${where}: only a new rollout promotes again.`;
  }
}

function soakSentence(state: RolloutState, context: ViewContext): string {
  const remainingMs = requiredSoakMs(state) - state.soak.creditedMs;
  const earliest = earliestCompletion(state, context, remainingMs);
  const needs = `${phaseLabels[state.phase]} needs ${describeRemaining(remainingMs)} more of passing checks`;
  return earliest === null
    ? `${needs}, and nobody takes checks now: take them by hand, or open the workspace in a console.`
    : `${needs}: ${describeMoment(earliest, context.now.unixMs)} at the earliest, then ${whoDecides(state)}.`;
}

/**
 * The first scheduled check by which the soak can be complete, Unix milliseconds; null when none is scheduled. Counting
 * goes from the last passing check, or else from the next one on.
 */
function earliestCompletion(
  { soak, profile }: RolloutState,
  { now, nextCheckUnixMs }: ViewContext,
  remainingMs: number,
): number | null {
  if (nextCheckUnixMs === null) return null;
  const next = Math.max(nextCheckUnixMs, now.unixMs);
  const countingFrom = soak.countingFrom?.session === now.session ? soak.countingFrom : null;
  const done = (countingFrom?.unixMs ?? next) + remainingMs;
  const checks = Math.max(0, Math.ceil((done - next) / profile.checkIntervalMs));
  return next + checks * profile.checkIntervalMs;
}

function readySentence(state: RolloutState, context: ViewContext): string {
  const open = openFreezeWindow(state.profile, context.now.unixMs);
  const frozen = open === null ? "" : freezeWords(open, context);
  if (automaticPhase(state) !== null)
    return open === null
      ? `${nextCheckWords(state, context)} enters ${nextPhaseWords(state)} if it passes.`
      : `${nextPhaseWords(state)} is entered without an operator once no freeze window is open; ${frozen}.`;
  const proven = `everything for ${nextPhaseWords(state)} is proven`;
  return open === null
    ? `An operator decides now: ${proven}.`
    : `An operator decides now: ${proven}, but ${frozen}, and promoting in it needs a reason of its own.`;
}

function freezeWords(
  { window, untilUnixMs }: NonNullable<ReturnType<typeof openFreezeWindow>>,
  { now }: ViewContext,
): string {
  return `"${window.title}" is open until ${describeMoment(untilUnixMs, now.unixMs)}`;
}

function whoDecides(state: RolloutState): string {
  if (nextPhase(state.phase) === null) return "an operator completes the rollout";
  return automaticPhase(state) !== null
    ? `${nextPhaseWords(state)} is entered without an operator`
    : `an operator decides about ${nextPhaseWords(state)}`;
}

function nextPhaseWords(state: RolloutState): string {
  const next = state.profile.phases.find(({ id }) => id === nextPhase(state.phase));
  return next === undefined ? "completion" : phaseWithPercent(next.id, next.percent);
}

function nextCheckWords({ checks }: RolloutState, { now, nextCheckUnixMs }: ViewContext): string {
  if (nextCheckUnixMs === null) return `Check ${checks + 1}, which nobody has scheduled,`;
  const moment = describeMoment(Math.max(nextCheckUnixMs, now.unixMs), now.unixMs);
  return `Check ${checks + 1} at ${moment}`;
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
