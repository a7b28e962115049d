import type { FreezeWindow, RolloutProfile } from "#contract/rollout/profile";

const dayMs = 86_400_000;
const minuteMs = 60_000;
const weekdays = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"] as const;

export interface OpenFreezeWindow {
  readonly window: FreezeWindow;
  readonly untilUnixMs: number;
}

/**
 * The freeze window a moment lies in, and when it ends; null when none is open. Of several open ones the last to end.
 * A window whose time zone is unknown here counts as open: its title says why, and it is looked at again a day later.
 */
export function openFreezeWindow(profile: RolloutProfile, unixMs: number): OpenFreezeWindow | null {
  const open = profile.freezeWindows.flatMap((window) => openUntil(window, unixMs));
  return open.toSorted((left, right) => right.untilUnixMs - left.untilUnixMs)[0] ?? null;
}

function openUntil(window: FreezeWindow, unixMs: number): OpenFreezeWindow[] {
  const offset = zoneOffset(window.timeZone);
  if (offset === null) {
    const title = `${window.title} (taken as open: the time zone "${window.timeZone}" is unknown here)`;
    return [{ window: { ...window, title }, untilUnixMs: unixMs + dayMs }];
  }
  const today = Math.floor((unixMs + offset(unixMs)) / dayMs) * dayMs;
  // A window that began on the day before can still be open.
  return [today - dayMs, today].flatMap((day) => {
    const weekday = weekdays[new Date(day).getUTCDay()];
    const begins = window.weekdays.length === 0 || window.weekdays.some((candidate) => candidate === weekday);
    if (!begins) return [];
    const from = minutesOf(window.from);
    const to = minutesOf(window.to) + (minutesOf(window.to) <= from ? dayMs / minuteMs : 0);
    const untilUnixMs = unixMsOf(day + to * minuteMs, offset);
    const open = unixMsOf(day + from * minuteMs, offset) <= unixMs && unixMs < untilUnixMs;
    return open ? [{ window, untilUnixMs }] : [];
  });
}

function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  return hours * 60 + minutes;
}

/** When a wall clock of a zone shows a local time, given as if it were UTC. */
function unixMsOf(localMs: number, offset: (unixMs: number) => number): number {
  return localMs - offset(localMs - offset(localMs));
}

/** Milliseconds a zone is ahead of UTC at a moment; null for a zone that is not known. */
function zoneOffset(timeZone: string): ((unixMs: number) => number) | null {
  const format = formatOf(timeZone);
  if (format === null) return null;
  return (unixMs) => {
    const parts = new Map(format.formatToParts(unixMs).map(({ type, value }) => [type, Number(value)]));
    const part = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
    const local = Date.UTC(
      part("year"),
      part("month") - 1,
      part("day"),
      part("hour"),
      part("minute"),
      part("second"),
    );
    return local - Math.floor(unixMs / 1_000) * 1_000;
  };
}

function formatOf(timeZone: string): Intl.DateTimeFormat | null {
  try {
    return new Intl.DateTimeFormat("en", {
      timeZone,
      calendar: "gregory",
      numberingSystem: "latn",
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    });
  } catch {
    return null;
  }
}
