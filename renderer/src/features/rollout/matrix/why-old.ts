import type { RolloutView } from "#contract/rollout/view";

/**
 * Why the verdicts cannot be taken as of `now` (host's clock, Unix milliseconds); null when they can. Past two check
 * intervals no promotion rests on them, nor on those of the phase before. An ended rollout is not checked any more: its last check stands.
 */
export function whyOld(
  view: Pick<RolloutView, "lastCheck" | "checkIntervalMs" | "ended">,
  connected: boolean,
  now: number,
): string | null {
  if (!connected) return "held while disconnected";
  if (view.ended || view.lastCheck === null) return null;
  if (!view.lastCheck.ofPhase) return "of the phase before: nothing was checked in this one yet";
  return now - view.lastCheck.unixMs > 2 * view.checkIntervalMs ? "an old check: not the state of now" : null;
}
