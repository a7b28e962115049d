import { surfaceLabels } from "#contract/identity";
import type { Finding } from "#contract/rollout/verdict";
import type { RolloutSummary, RolloutView } from "#contract/rollout/view";
import { phaseIds, phaseLabels, type PhaseId, type RolloutStatus } from "#contract/rollout/vocabulary";
import { formatDuration } from "../format/duration";
import type { StatusTone } from "./display-status";

/**
 * How a rollout stands, for one glyph and one word: while it runs, whether its soak counts, something holds, an operator
 * paused it, or it waits to be promoted; afterwards, how it ended. `untrusted`: its journal is broken, and that wins.
 */
export const standings = [
  "untrusted",
  "rolling-back",
  "blocked",
  "rolled-back-unverified",
  "held",
  "paused",
  "aborted",
  "rolled-back",
  "ready",
  "soaking",
  "running",
  "complete",
] as const;
export type Standing = (typeof standings)[number];

/** The word beside the glyph. */
export const standingWords: Readonly<Record<Standing, string>> = {
  untrusted: "Journal broken",
  "rolling-back": "Rolling back",
  blocked: "Blocked",
  "rolled-back-unverified": "Rolled back, unverified",
  held: "Held",
  paused: "Paused",
  aborted: "Aborted",
  "rolled-back": "Rolled back",
  ready: "Ready to promote",
  soaking: "Soaking",
  running: "Running",
  complete: "Complete",
};

const tones: Readonly<Record<Standing, StatusTone>> = {
  untrusted: "failing",
  "rolling-back": "failing",
  blocked: "failing",
  "rolled-back-unverified": "failing",
  held: "degraded",
  paused: "stale",
  aborted: "stale",
  "rolled-back": "stale",
  ready: "healthy",
  soaking: "healthy",
  running: "healthy",
  complete: "healthy",
};

/** Hue of a standing. */
export function standingTone(standing: Standing): StatusTone {
  return tones[standing];
}

/** True while the rollout runs: its status is then its phase. */
export function isPhase(status: RolloutStatus): status is PhaseId {
  return phaseIds.some((phase) => phase === status);
}

const ended: Readonly<Record<Exclude<RolloutStatus, PhaseId>, Standing>> = {
  complete: "complete",
  blocked: "blocked",
  aborted: "aborted",
  rolling_back: "rolling-back",
  rolled_back: "rolled-back",
  rolled_back_unverified: "rolled-back-unverified",
};

/** How the rollout on screen stands. */
export function standingOf(view: RolloutView): Standing {
  if (view.journal.problem !== "") return "untrusted";
  if (!isPhase(view.status)) return ended[view.status];
  if (view.paused !== null) return "paused";
  if (view.actions.some(({ action, allowed }) => action === "promote" && allowed)) return "ready";
  if (view.findings.length > 0) return "held";
  return view.soak.counting ? "soaking" : "running";
}

/** How a rollout of the history stands; whether one that runs is held is not known from its summary. */
export function summaryStanding(summary: Pick<RolloutSummary, "status" | "problem">): Standing {
  if (summary.problem !== "") return "untrusted";
  return isPhase(summary.status) ? "running" : ended[summary.status];
}

/** The rule, its surface and what was observed, for example `G5 Voice: failure_streak 2`. */
export function findingLine(finding: Pick<Finding, "rule" | "surface" | "observed">): string {
  const place = finding.surface === null ? finding.rule : `${finding.rule} ${surfaceLabels[finding.surface]}`;
  return `${place}: ${finding.observed}`;
}

/** One line for every page: what stops the rollout, or what it does meanwhile. */
export function situationLine(view: RolloutView): string {
  if (view.journal.problem !== "") return view.journal.problem;
  if (!isPhase(view.status)) {
    const fired = view.triggers.find((trigger) => trigger.primary) ?? view.triggers.find(isFired);
    if (fired !== undefined && view.status !== "complete")
      return `${fired.trigger} ${fired.title} fired in ${phaseLabels[view.phase]}`;
    return view.ending === null ? "" : `by ${view.ending.by.name}: ${view.ending.reason}`;
  }
  if (view.paused !== null) return `by ${view.paused.by.name}: ${view.paused.reason}`;
  const [first, ...others] = view.findings;
  if (first !== undefined)
    return `${findingLine(first)}${others.length === 0 ? "" : ` and ${others.length} more`}`;
  if (view.soak.counting)
    return `${formatDuration(view.soak.remainingMs)} of evidence still needed in ${phaseLabels[view.phase]}`;
  return view.nextDecision;
}

function isFired(trigger: RolloutView["triggers"][number]): boolean {
  return trigger.state === "fired";
}
