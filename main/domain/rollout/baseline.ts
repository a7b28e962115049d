import { surfaceIds } from "#contract/identity";
import type { Baseline, SurfaceBaseline } from "#contract/rollout/journal";
import type { Observation, SurfaceSample } from "#contract/rollout/observation";
import { sampleOf } from "./rules/cell";

/** What new occurrences of one surface are counted from, as a check saw it. A log without a line has no identity yet. */
export function surfaceBaselineOf({ counts, log }: SurfaceSample): SurfaceBaseline {
  return {
    counts: { ...counts },
    logIdentity: log === null || log.identity === "" ? null : log.identity,
    lines: log?.lines ?? 0,
  };
}

/** The baseline that check number `check` (1-based) gives (spec/tau/rollout.md §3 G8, §7 rows 9 and 10). */
export function baselineOf(check: number, observation: Observation): Baseline {
  const surfaces = Object.fromEntries(
    surfaceIds.map((surface) => [surface, surfaceBaselineOf(sampleOf(observation, surface))]),
  ) as Baseline["surfaces"];
  return { check, surfaces };
}

/**
 * Whether the log is no longer the one the baseline was taken from: truncated, rotated, replaced or gone (spec/tau/
 * rollout.md §7 row 11). A baseline without a line fits every log that counts no less. A surface that never had a log
 * (a browser summary alone) has nothing to reset.
 */
export function isReset(
  { log, counts }: Pick<SurfaceSample, "log" | "counts">,
  baseline: SurfaceBaseline,
): boolean {
  if (log === null) return baseline.lines > 0;
  const isSameLog = baseline.lines === 0 || log.identity === baseline.logIdentity;
  const isWhole =
    log.lines >= baseline.lines &&
    Object.entries(baseline.counts).every(([code, count]) => (counts[code] ?? 0) >= count);
  return !(isSameLog && isWhole);
}

/**
 * Occurrences of a code since the baseline. In a log that was reset every one is new; in a browser summary without a
 * log, those its run has more than the baseline's.
 */
export function newOccurrences(
  sample: SurfaceSample,
  baseline: SurfaceBaseline,
  code: string,
): { readonly delta: number; readonly reset: boolean } {
  const count = sample.counts[code] ?? 0;
  const reset = isReset(sample, baseline);
  return { delta: reset ? count : Math.max(0, count - (baseline.counts[code] ?? 0)), reset };
}
