import { surfaceLabels } from "#contract/identity";
import type { RecordReference } from "#contract/reading";
import type { SurfaceBaseline } from "#contract/rollout/journal";
import type { SurfaceSample } from "#contract/rollout/observation";
import { newOccurrences } from "../baseline";
import { wholeFile, type Reason } from "./cell";
import { cyclesReason, logPathOf, sourceReason } from "./sample-evidence";

/** Codes that must not occur, since when, and how many of each are borne. */
export interface NewCodes {
  readonly codes: readonly string[];
  readonly baseline: SurfaceBaseline;
  readonly tolerance: number;
  /** Names the baseline: `canary-1 was entered`. */
  readonly since: string;
  readonly remedy: string;
}

/** New occurrences of the codes that have any, in words: `case_processing_failed +2`, or `none new`. */
export function describeNew(
  sample: SurfaceSample,
  baseline: SurfaceBaseline,
  codes: readonly string[],
): string {
  const counted = codes.map((code) => ({ code, delta: newOccurrences(sample, baseline, code).delta }));
  const isNew = counted.filter(({ delta }) => delta > 0);
  return isNew.length === 0 ? "none new" : isNew.map(({ code, delta }) => `${code} +${delta}`).join(", ");
}

/** Why a surface's counts are no evidence; null when they are. A browser without a log is counted by its summary. */
export function countsReason(sample: SurfaceSample): Reason | null {
  const { surface, log } = sample;
  if (log === null && surface === "browser-automation") return sourceReason(sample) ?? cyclesReason(sample);
  const path = logPathOf(sample);
  if (log === null || log.problem !== "") {
    return {
      status: log === null ? "missing" : "unreadable",
      title: `${surfaceLabels[surface]}: its log ${log === null ? "is not there" : "cannot be read"}`,
      expected: `${path} readable, one line for each cycle`,
      observed: log === null ? `${path} does not exist` : log.problem,
      remedy:
        log === null
          ? "Run a cycle of the surface, or point its settings at the directory its runner writes."
          : `Find out what keeps ${path} from being read and mend it.`,
      record: wholeFile(path),
    };
  }
  return cyclesReason(sample);
}

/** Records that carry an occurrence too many, newest first, each with those of the codes that it has too many of. */
function decidingRecords(sample: SurfaceSample, rule: NewCodes): Map<string, [RecordReference, string[]]> {
  const records = new Map<string, [RecordReference, string[]]>();
  // Counts come from the log where there is one, from the browser's summary where there is none.
  const counted =
    sample.log === null ? (sample.record ?? wholeFile(sample.path)) : wholeFile(sample.log.path);
  for (const code of rule.codes) {
    const excess = newOccurrences(sample, rule.baseline, code).delta - rule.tolerance;
    if (excess <= 0) continue;
    // The sampler lists the newest lines first, so those too many are the first of them.
    const lines = sample.occurrences.filter((occurrence) => occurrence.code === code);
    const cited = lines.length > 0 ? lines.slice(0, excess).map(({ record }) => record) : [counted];
    for (const record of cited) {
      const key = `${record.path}:${record.line}:${record.byteOffset}`;
      const found = records.get(key);
      if (found === undefined) records.set(key, [record, [code]]);
      else found[1].push(code);
    }
  }
  return records;
}

/**
 * Why a surface has more occurrences than it may: one reason for each line too many, newest first. With a tolerance the
 * newest lines above it are the ones too many, so that each of them stands and falls alone.
 */
export function newCodeReasons(sample: SurfaceSample, rule: NewCodes): Reason[] {
  const { codes, baseline, tolerance, since, remedy } = rule;
  const bound = tolerance === 0 ? "no new" : `at most ${tolerance} new`;
  return [...decidingRecords(sample, rule).values()]
    .toSorted(([left], [right]) => (right.line ?? 0) - (left.line ?? 0))
    .map(([record, carried]) => ({
      status: "failed",
      title: `${surfaceLabels[sample.surface]}: new ${carried.join(" and ")}`,
      expected: `${bound} ${codes.join(" or ")} since ${since}`,
      observed: `${describeNew(sample, baseline, codes)}; this record carries ${carried.join(" and ")}`,
      remedy,
      record,
    }));
}
