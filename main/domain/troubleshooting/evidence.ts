import type { RunView } from "#contract/driver";
import type { RecordReference, SurfaceReading } from "#contract/reading";

/** What the tables are matched against: the surface's files as read, and the driver's last run. */
interface TroubleshootingFacts {
  readonly reading: SurfaceReading;
  readonly lastRun: RunView | null;
}

/** What matches a symptom, in words, and the record that shows it. */
interface Evidence {
  readonly observed: string;
  readonly record: RecordReference | null;
}

/** Looks for one symptom; null when it is not there. */
export type Symptom = (facts: TroubleshootingFacts) => Evidence | null;

const wholeFile = (path: string, text: string): RecordReference => ({
  path,
  line: null,
  byteOffset: null,
  text,
});
const cycles = (count: number): string => `${count} ${count === 1 ? "cycle" : "cycles"}`;

/** Codes of the newest cycle that are among `codes`. */
function lastCodes(reading: SurfaceReading, codes: readonly string[]): string[] {
  return codes.filter((code) => reading.log.lastReasonCodes.some((last) => last.trim() === code));
}

/** Health is `state` and the newest cycle reports `code`. */
export function stateWithCode(state: SurfaceReading["healthState"], code: string): Symptom {
  return ({ reading }) =>
    reading.healthState === state && lastCodes(reading, [code]).length > 0
      ? {
          observed: `health state ${state}, and the last cycle reports ${code}`,
          record: reading.log.lastCycleRecord,
        }
      : null;
}

/** The newest cycle reports one of `codes`, and at least one cycle before it did since the mark. */
export function repeatedCode(...codes: readonly string[]): Symptom {
  return ({ reading }) => {
    const repeated = lastCodes(reading, codes).filter((code) => (reading.log.sinceMark[code] ?? 0) >= 2);
    const since = reading.log.mark === null ? "so far" : "since the mark";
    return repeated.length === 0
      ? null
      : {
          observed: repeated
            .map(
              (code) =>
                `${code} in ${cycles(reading.log.sinceMark[code] ?? 0)} ${since}, the last one among them`,
            )
            .join("; "),
          record: reading.log.lastCycleRecord,
        };
  };
}

/** The newest cycle reports one of `codes`. */
export function lastCycleReports(...codes: readonly string[]): Symptom {
  return ({ reading }) => {
    const found = lastCodes(reading, codes);
    return found.length === 0
      ? null
      : { observed: `the last cycle reports ${found.join(", ")}`, record: reading.log.lastCycleRecord };
  };
}

/** Health is failing: three or more bad cycles in a row (spec/tau/health.md §2). */
export const failing: Symptom = ({ reading }) =>
  reading.healthState === "failing"
    ? {
        observed: `failure_streak=${reading.health?.failure_streak ?? 0}`,
        record:
          reading.holds.find((hold) => hold.rule === "health.failing")?.record ??
          wholeFile(reading.freshness.path, ""),
      }
    : null;

/** The gate holds and the log has no event that is recent enough to count as fresh. */
export const holdWithoutRecentEvents: Symptom = ({ reading }) => {
  const { log } = reading;
  if (reading.gate !== "hold" || log.progress !== null) return null;
  if (log.freshness.status === "fresh" && log.cycles > 0) return null;
  const why = log.cycles === 0 && log.freshness.detail === "" ? "the log has no event" : log.freshness.detail;
  return { observed: `rollout_gate=hold; ${why}`, record: log.lastCycleRecord };
};

/** The gate holds and the newest cycle does not report `code`. */
export function holdWithoutCode(code: string): Symptom {
  return ({ reading }) =>
    reading.gate === "hold" &&
    reading.log.progress === null &&
    reading.log.cycles > 0 &&
    lastCodes(reading, [code]).length === 0
      ? {
          observed: `rollout_gate=hold, and the last cycle does not report ${code}`,
          record: reading.log.lastCycleRecord,
        }
      : null;
}

/** The last cycle left a backlog (spec/tau/health.md §1: `queue_depth` is what the last cycle dropped, not a live queue). */
export const backlog: Symptom = ({ reading }) => {
  const depth = reading.health?.queue_depth ?? 0;
  return depth > 0
    ? {
        observed: `queue_depth=${depth}`,
        record: wholeFile(reading.freshness.path, JSON.stringify({ health: reading.health })),
      }
    : null;
};

/** At least half of the last cycle's cases had been processed before. The runbooks give no number; half is ours. */
export const manyDuplicates: Symptom = ({ reading }) => {
  const { health } = reading;
  if (health === null || health.last_cycle_duplicates === 0) return null;
  if (health.last_cycle_duplicates * 2 < health.last_cycle_discovered) return null;
  return {
    observed: `last_cycle_duplicates=${health.last_cycle_duplicates} of last_cycle_discovered=${health.last_cycle_discovered}`,
    record: reading.log.lastCycleRecord ?? wholeFile(reading.freshness.path, JSON.stringify({ health })),
  };
};

/** The browser live summary says that one of `figures` is not zero. */
export function liveFigure(
  ...figures: readonly ("timeout_failures" | "denied_unsafe_actions" | "denied_action_limit")[]
): Symptom {
  return ({ reading }) => {
    const { live } = reading;
    const summary = live?.summary ?? null;
    if (live === null || summary === null) return null;
    const found = figures
      .filter((figure) => summary[figure] > 0)
      .map((figure) => `${figure}=${summary[figure]}`);
    return found.length === 0
      ? null
      : {
          observed: `the live summary says ${found.join(", ")}`,
          record: wholeFile(live.freshness.path, found.join("\n")),
        };
  };
}

/** A step of the browser live timeline ended with `errorCode`. */
export function liveErrorCode(errorCode: string): Symptom {
  return ({ reading }) => {
    const step = reading.live?.summary?.timeline.find((entry) => entry.error_code.trim() === errorCode);
    return step === undefined || reading.live === null
      ? null
      : {
          observed: `live step ${step.case_id} ended with ${errorCode}`,
          record: wholeFile(reading.live.freshness.path, JSON.stringify(step)),
        };
  };
}

/** The driver's last run could not be started. */
export const runNotStarted: Symptom = ({ lastRun }) =>
  lastRun?.outcome === "not-started" ? { observed: lastRun.detail, record: null } : null;

/** The first of several symptoms that is there. */
export function anyOf(...symptoms: readonly Symptom[]): Symptom {
  return (facts) => {
    for (const symptom of symptoms) {
      const evidence = symptom(facts);
      if (evidence !== null) return evidence;
    }
    return null;
  };
}
