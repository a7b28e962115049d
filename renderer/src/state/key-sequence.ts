/** Longest pause between the two keys of a sequence such as `g t`, milliseconds. */
const longestPauseMs = 1_200;

interface Sequence {
  readonly key: string;
  readonly beganMs: number;
  /** When its second key was pressed; null before that. */
  readonly endedMs: number | null;
}

let sequence: Sequence | null = null;

/** Takes a key as the first of a sequence. Times are the events' time stamps. */
export function beginKeySequence(key: string, atMs: number): void {
  sequence = { key, beganMs: atMs, endedMs: null };
}

/** The key pressed at `atMs` was the second: later keys stand for themselves. */
export function endKeySequence(atMs: number): void {
  if (sequence !== null) sequence = { ...sequence, endedMs: sequence.endedMs ?? atMs };
}

/**
 * The first key of the sequence that the key pressed at `atMs` is the second of; null when it stands for itself. Every
 * listener of one key press gets the same answer, whichever of them hears of it first.
 */
export function begunKeySequence(atMs: number): string | null {
  if (sequence === null || atMs <= sequence.beganMs || atMs - sequence.beganMs >= longestPauseMs) return null;
  return sequence.endedMs === null || sequence.endedMs === atMs ? sequence.key : null;
}
