import type { Notice } from "#contract/rollout/view";

/** Notices kept in the window; older ones are in the rollout's timeline. */
export const keptNotices = 50;

/** The list with one more notice, newest first; one that is there already (told again after a reconnection) is not repeated. */
export function withNotice(notices: readonly Notice[], notice: Notice): readonly Notice[] {
  if (notices.some((known) => known.id === notice.id)) return notices;
  return [notice, ...notices].slice(0, keptNotices);
}

/** The list without one notice. */
export function withoutNotice(notices: readonly Notice[], id: string): readonly Notice[] {
  return notices.filter((known) => known.id !== id);
}

/** Notices that are in `after` but not in `before`, oldest first. */
export function raisedBetween(before: readonly Notice[], after: readonly Notice[]): readonly Notice[] {
  const known = new Set(before.map(({ id }) => id));
  return after.filter(({ id }) => !known.has(id)).toReversed();
}
