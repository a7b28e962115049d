const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/**
 * A length of time as an operator reads it, at most two units: `840 ms`, `12 s`, `4 min`, `2 h 05 min`, `3 d 4 h`.
 * Takes milliseconds; a negative length (a clock that ran backwards) reads as `0 s`.
 */
export function formatDuration(milliseconds: number): string {
  const length = Math.max(0, milliseconds);
  if (length > 0 && length < second) return `${Math.floor(length)} ms`;
  if (length < minute) return `${Math.floor(length / second)} s`;
  if (length < hour) return `${Math.floor(length / minute)} min`;
  if (length < day) {
    const minutes = Math.floor((length % hour) / minute);
    return `${Math.floor(length / hour)} h ${String(minutes).padStart(2, "0")} min`;
  }
  const hours = Math.floor((length % day) / hour);
  return `${Math.floor(length / day)} d ${hours} h`;
}

/** Whole seconds and up, for ages that tick: under a second reads as `0 s`, so that nothing flickers. */
export function formatAge(milliseconds: number): string {
  return formatDuration(milliseconds < second ? 0 : milliseconds);
}

/** An age as a sentence end: `12 s ago`, or `just now` within the first second. */
export function formatAgo(milliseconds: number): string {
  return milliseconds < second ? "just now" : `${formatAge(milliseconds)} ago`;
}

/** Time left as text: `in 8 s`, or `due now`. */
export function formatUntil(milliseconds: number): string {
  return milliseconds <= 0 ? "due now" : `in ${formatAge(milliseconds + second - 1)}`;
}
