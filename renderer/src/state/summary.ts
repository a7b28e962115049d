import { surfaceLabels, type SurfaceId } from "#contract/identity";
import type { SurfaceView } from "#contract/view";
import type { RolloutView } from "#contract/rollout/view";
import { phaseLabels } from "#contract/rollout/vocabulary";
import { displayStatus, statusWords, worstStatus } from "./display-status";
import { isPhase, standingOf, standingWords } from "./rollout-standing";

/** One surface that holds, in a few words, for the summary line. */
export interface HeldSurface {
  readonly surface: SurfaceId;
  readonly label: string;
  readonly why: string;
}

/** The line above the overview: how many pass, and who holds and why. */
export interface GateSummary {
  readonly pass: number;
  readonly hold: number;
  readonly held: readonly HeldSurface[];
}

/** Counts the gates; a held surface is named with its first hold. */
export function summariseGates(views: readonly SurfaceView[]): GateSummary {
  const held = views
    .filter((view) => view.reading.gate === "hold")
    .map((view) => ({
      surface: view.reading.surface,
      label: surfaceLabels[view.reading.surface],
      why: view.reading.holds[0]?.title ?? statusWords[displayStatus(view.reading)],
    }));
  return { pass: views.length - held.length, hold: held.length, held };
}

/** The rollout in the window's title, for example `Canary 1 5 % held, rehearsal · `; empty when there is none. */
function rolloutTitle(view: RolloutView | null): string {
  if (view === null) return "";
  const standing = standingWords[standingOf(view)].toLowerCase();
  const words = isPhase(view.status) ? `${phaseLabels[view.phase]} ${view.percent} % ${standing}` : standing;
  return `${words}${view.rehearsal ? ", rehearsal" : ""} · `;
}

/**
 * The window's title, worst state first, so that it can be read in a task bar: `Failing · 2 hold · name`. `tos` is what
 * the task orchestrator adds to it, empty or ending in a separator.
 */
export function windowTitle(
  views: readonly SurfaceView[],
  workspace: string,
  connected: boolean,
  rollout: RolloutView | null,
  tos: string,
): string {
  const place = `${tos}${rolloutTitle(rollout)}${workspace} · Gatehouse`;
  if (!connected) return `Disconnected · ${place}`;
  const worst = worstStatus(views.map((view) => displayStatus(view.reading)));
  if (worst === null) return place;
  const { hold, pass } = summariseGates(views);
  return `${statusWords[worst]} · ${hold > 0 ? `${hold} hold` : `${pass} pass`} · ${place}`;
}
