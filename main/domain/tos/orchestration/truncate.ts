/** Lengths and cuts count code points, as Python's strings do (spec/tos/orchestrator.md §3). */

/** What stands after a text of the logs that was cut. */
const marker = "...(truncated)";

/** Code points of a text; half a surrogate pair counts as one. */
export function codePointLength(text: string): number {
  let pairs = 0;
  for (let at = 0; at < text.length - 1; at += 1) {
    if (isHigh(text.charCodeAt(at)) && isLow(text.charCodeAt(at + 1))) {
      pairs += 1;
      at += 1;
    }
  }
  return text.length - pairs;
}

/** The first `count` code points, the whole text when it has no more. */
export function firstCodePoints(text: string, count: number): string {
  if (text.length <= count) return text;
  let at = 0;
  for (let taken = 0; taken < count && at < text.length; taken += 1) {
    at += isHigh(text.charCodeAt(at)) && isLow(text.charCodeAt(at + 1)) ? 2 : 1;
  }
  return text.slice(0, at);
}

/** A text cut after `count` code points, with `ending` after it when it was cut. */
export function cutAfter(text: string, count: number, ending: string): string {
  const kept = firstCodePoints(text, count);
  return kept.length === text.length ? text : kept + ending;
}

/** As prompts, replies and payloads stand in the logs: cut with `...(truncated)`; null stays null. Nothing is masked. */
export function cutForLog(text: string | null, count: number): string | null {
  return text === null ? null : cutAfter(text, count, marker);
}

const isHigh = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdbff;
const isLow = (unit: number): boolean => unit >= 0xdc00 && unit <= 0xdfff;
