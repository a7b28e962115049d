import type { RecordReference } from "#contract/reading";

/** Every record is written into a slot of one width, so that changing it moves no other. */
export const slot = 400;
/** The record of one line, in its slot. */
export const place = (path: string, line: number, value: unknown): RecordReference => ({
  path,
  line,
  byteOffset: (line - 1) * (slot + 1),
  text: JSON.stringify(value).padEnd(slot),
});
/** The record of a whole JSON file. */
export const whole = (path: string, value: unknown): RecordReference => ({
  path,
  line: 1,
  byteOffset: 0,
  text: JSON.stringify(value),
});
