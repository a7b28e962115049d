import type { RolloutView } from "#contract/rollout/view";

/** How often it is looked whether time alone has changed something, in milliseconds. */
const lookEveryMs = 1_000;
/** Looks between two announcements of texts in which nothing but figures moved ("wait another 40 s"). */
const looksPerTick = 10;

/** What of a view time alone can change and an operator would act on: what may be done, and a freeze window. */
function actedOn({ rolloutId, actions, freezeWindow }: RolloutView): unknown {
  return [rolloutId, freezeWindow?.id, actions.map(({ allowed, obstacles }) => [allowed, obstacles.length])];
}

/** All that time alone can change, to the seconds that a reason counts. */
function told(view: RolloutView | null): { readonly acted: string; readonly texts: string } {
  return {
    acted: JSON.stringify(view && actedOn(view)),
    texts: JSON.stringify(view?.actions.map(({ obstacles }) => obstacles)),
  };
}

/**
 * Calls `announce` when only time has changed what may be done: a freeze window opened or closed, the last check grew too
 * old, a check by hand may be taken again. Reasons that only count seconds are told anew every ten. Ticking clocks are
 * the page's business. Returns how to stop.
 */
export function watchTime(view: () => RolloutView | null, announce: () => void): () => void {
  let known = told(view());
  let looks = 0;
  const timer = setInterval(() => {
    looks += 1;
    const present = told(view());
    if (present.acted === known.acted && (present.texts === known.texts || looks < looksPerTick)) return;
    known = present;
    looks = 0;
    announce();
  }, lookEveryMs);
  timer.unref();
  return () => clearInterval(timer);
}
