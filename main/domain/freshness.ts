import type { Freshness } from "#contract/reading";

/** What looking at a file gave. Times are Unix milliseconds; `problem` says in words why it cannot be read. */
export type SourceSight =
  | { readonly kind: "absent" }
  | { readonly kind: "problem"; readonly problem: string }
  | { readonly kind: "read" };

/** All there is to know about one source when its freshness is judged. */
export interface SourceFacts {
  readonly path: string;
  readonly sight: SourceSight;
  /** Last good read, kept when the source has since gone bad. */
  readonly writtenUnixMs: number | null;
  readonly readUnixMs: number | null;
  /** Whether the file was ever there since we started to look. */
  readonly seen: boolean;
  readonly staleAfterMs: number;
}

/** A writer's clock may run this far ahead of ours before its times cannot be believed. */
export const clockToleranceMs = 60_000;

/** A span of time in words, in its largest two units. */
export function describeSpan(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1_000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min${seconds % 60 > 0 ? ` ${seconds % 60} s` : ""}`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return `${hours} h${minutes % 60 > 0 ? ` ${minutes % 60} min` : ""}`;
  return `${Math.floor(hours / 24)} d${hours % 24 > 0 ? ` ${hours % 24} h` : ""}`;
}

/**
 * How far a source can be trusted at `nowUnixMs`. Stale when it was written longer ago than its allowed age
 * (spec/tau/rollout.md §3, R-STALE; the reference has no such rule, health.md §2), and also when it says it was
 * written in the future: its age cannot be known then.
 */
export function judgeFreshness(facts: SourceFacts, nowUnixMs: number): Freshness {
  const { path, sight, writtenUnixMs, readUnixMs, staleAfterMs } = facts;
  const judged = (status: Freshness["status"], detail: string): Freshness => ({
    status,
    path,
    writtenUnixMs,
    readUnixMs,
    staleAfterMs,
    detail,
  });
  if (sight.kind === "absent")
    return facts.seen
      ? judged("missing", `${path} was there and is gone.`)
      : judged("never-seen", `${path} has not been written yet.`);
  if (sight.kind === "problem") return judged("unreadable", `${path}: ${sight.problem}`);
  if (writtenUnixMs === null) return judged("unreadable", `${path}: it does not say when it was written.`);
  const ageMs = nowUnixMs - writtenUnixMs;
  if (ageMs < -clockToleranceMs)
    return judged(
      "stale",
      `${path} says it was written ${describeSpan(-ageMs)} in the future: the clocks disagree, so its age is not known.`,
    );
  if (ageMs > staleAfterMs)
    return judged(
      "stale",
      `${path} was written ${describeSpan(ageMs)} ago; it counts as stale after ${describeSpan(staleAfterMs)}.`,
    );
  return judged("fresh", "");
}

/** When a fresh source will turn stale, or a future one become believable; null when time alone changes nothing. */
export function nextFreshnessChange(facts: SourceFacts, nowUnixMs: number): number | null {
  if (facts.sight.kind !== "read" || facts.writtenUnixMs === null) return null;
  const believable = facts.writtenUnixMs - clockToleranceMs;
  if (nowUnixMs < believable) return believable;
  const stale = facts.writtenUnixMs + facts.staleAfterMs + 1;
  return nowUnixMs < stale ? stale : null;
}
