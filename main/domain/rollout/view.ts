import type { RolloutView } from "#contract/rollout/view";
import { ruleIds } from "#contract/rollout/vocabulary";
import { cellsOf } from "./cells";
import { openFreezeWindow } from "./freeze-window";
import { nextDecision } from "./next-decision";
import { rollbackSteps } from "./rollback-steps";
import { ruleTexts } from "./rule-texts";
import { invalidBaselines, isRunning, lastCheckOfPhase, rulesOfPhase } from "./standing";
import type { RolloutState } from "./state";
import { actionViews } from "./view-actions";
import type { ViewContext } from "./view-context";
import { totalDurations } from "./view-durations";
import { gravestFirst, presentFindings } from "./view-findings";
import { phaseViews } from "./view-phases";
import { soakView } from "./view-soak";
import { triggerViews } from "./view-triggers";

/**
 * Everything a rollout shows at one moment: the state its journal gives, and what follows from the time. A rollout whose
 * journal cannot be trusted shows what came before the break and lets nothing be done.
 */
export function viewOf(state: RolloutState, context: ViewContext): RolloutView {
  const running = isRunning(state.status);
  return {
    ...identity(state),
    status: state.status,
    phase: state.phase,
    ended: !running,
    percent: state.percent,
    revision: state.revision,
    endedUnixMs: state.ending?.unixMs ?? null,
    ending: state.ending === null ? null : { by: state.ending.by, reason: state.ending.reason },
    paused: state.paused,
    phases: phaseViews(state),
    soak: soakView(state, context.now),
    rules: ruleViews(state),
    cells: cellsOf(state),
    findings: gravestFirst(presentFindings(state)),
    triggers: triggerViews(state),
    lastCheck: lastCheckView(state),
    checks: state.checks,
    checkIntervalMs: state.profile.checkIntervalMs,
    nextCheckUnixMs: running ? context.nextCheckUnixMs : null,
    nextDecision: nextDecision(state, context),
    freezeWindow: freezeWindowView(state, context),
    actions: actionViews(state, context),
    effects: effectViews(state),
    rollback:
      state.rollback === null
        ? null
        : { ...state.rollback, steps: rollbackSteps(state.rollback.openedUnixMs) },
    invalidBaselines: invalidBaselines(state),
    clockJumps: state.clockJumps,
    durations: totalDurations(state),
    journal: context.journal,
  };
}

function identity({ rolloutId, candidate, profile, startedUnixMs, startedBy, startReason }: RolloutState) {
  return {
    rolloutId,
    candidate,
    profileId: profile.id,
    profileTitle: profile.title,
    rehearsal: profile.rehearsal,
    startedUnixMs,
    startedBy,
    startReason,
  };
}

function ruleViews(state: RolloutState): RolloutView["rules"] {
  const demanded = new Set(rulesOfPhase(state.profile, state.phase));
  return ruleIds.map((rule) => ({
    rule,
    title: ruleTexts[rule].title,
    demanded: demanded.has(rule),
    source: ruleTexts[rule].source,
  }));
}

function lastCheckView(state: RolloutState): RolloutView["lastCheck"] {
  const { lastCheck } = state;
  if (lastCheck === null) return null;
  const { check, trigger, observation, soak } = lastCheck;
  return {
    check,
    trigger,
    unixMs: observation.at.unixMs,
    ofPhase: lastCheckOfPhase(state) !== null,
    soak,
    sameSnapshotSurfaces: observation.surfaces
      .filter(({ sameSnapshot }) => sameSnapshot)
      .map(({ surface }) => surface),
  };
}

function freezeWindowView(state: RolloutState, { now }: ViewContext): RolloutView["freezeWindow"] {
  const open = isRunning(state.status) ? openFreezeWindow(state.profile, now.unixMs) : null;
  return open === null
    ? null
    : { id: open.window.id, title: open.window.title, untilUnixMs: open.untilUnixMs };
}

function effectViews({ effects, profile }: RolloutState): RolloutView["effects"] {
  return effects.map((effect) => ({
    ...effect,
    attempts: profile.percentHook?.attempts ?? effect.attempt,
  }));
}
