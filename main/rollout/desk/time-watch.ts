import type { RolloutView } from "#contract/rollout/view";

/** How often it is looked whether time alone has changed something, in milliseconds. */
const lookEveryMs = 1_000;

/** What of a view time alone can change and an operator would act on: what may be done, and a freeze window. */
function actedOn(view: RolloutView | null): string {
  return JSON.stringify([view?.rolloutId, view?.actions, view?.freezeWindow?.id]);
}

/**
 * Calls `announce` when only time has changed what may be done: a freeze window opened or closed, the last check grew too
 * old, a check by hand may be taken again. Ticking clocks are the page's business. Returns how to stop.
 */
export function watchTime(view: () => RolloutView | null, announce: () => void): () => void {
  let known = actedOn(view());
  const timer = setInterval(() => {
    const present = actedOn(view());
    if (present === known) return;
    known = present;
    announce();
  }, lookEveryMs);
  timer.unref();
  return () => clearInterval(timer);
}
