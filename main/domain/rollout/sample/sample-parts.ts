import type { SurfaceId } from "#contract/identity";
import type { Occurrence, SurfaceSample } from "#contract/rollout/observation";
import type { Sourced } from "./source";

/** What a surface's log says: counts in all of it, and its newest lines since the baseline. */
export interface LogEvidence {
  /** Null: there is none. */
  readonly log: SurfaceSample["log"];
  readonly cycles: number;
  readonly counts: Record<string, number>;
  readonly occurrences: readonly Occurrence[];
}

export const noLog: LogEvidence = { log: null, cycles: 0, counts: {}, occurrences: [] };

/** A sample whose source could not be used: it counts as failing (spec/tau/rollout.md §7 row 2). */
export function emptySample(surface: SurfaceId, sourced: Sourced, log: LogEvidence): SurfaceSample {
  return {
    surface,
    ...sourced,
    healthState: "failing",
    rolloutGate: "hold",
    failureStreak: surface === "browser-automation" ? null : 0,
    lastCycleFailed: 0,
    queueDepth: 0,
    updatedUnixMs: null,
    record: null,
    cycles: log.cycles,
    counts: { ...log.counts },
    log: log.log,
    occurrences: [...log.occurrences],
    timeline: null,
    sameSnapshot: false,
  };
}

/** What two looks at an unchanged source agree on; occurrences depend on the baseline and say nothing of the source. */
function fingerprint(sample: SurfaceSample): string {
  const { status, problem, path, updatedUnixMs, record, cycles, counts, log, timeline } = sample;
  return JSON.stringify([
    status,
    problem,
    path,
    updatedUnixMs,
    record,
    cycles,
    Object.entries(counts).toSorted(([left], [right]) => (left < right ? -1 : 1)),
    log === null ? null : [log.path, log.identity, log.lines, log.bytes, log.problem],
    timeline,
  ]);
}

/**
 * Marks a sample whose source is what the check before saw (spec/tau/rollout.md §7 row 1: it counts all the same, and is
 * flagged). A source that is not there is no snapshot.
 */
export function comparedWith(sample: SurfaceSample, previous: SurfaceSample | undefined): SurfaceSample {
  const same =
    sample.status !== "missing" && previous !== undefined && fingerprint(sample) === fingerprint(previous);
  return { ...sample, sameSnapshot: same };
}
