import type { HealthSnapshot } from "#contract/health";
import type { BrowserLiveSummary, EventLogView, Freshness, Hold, RecordReference } from "#contract/reading";
import { classifyHealth } from "../health";
import { describeSpan } from "../freshness";

/** What a file is called when it holds a gate, and what brings it back. */
interface SourceName {
  readonly title: string;
  readonly remedy: string;
}

const stateSource: SourceName = {
  title: "State file",
  remedy: "Run a cycle of the surface, or point its settings at the directory its runner writes.",
};
const liveSource: SourceName = {
  title: "Browser live summary",
  remedy: "Run the browser live run again; it writes the summary when it ends.",
};

const wholeFile = (path: string, text: string): RecordReference => ({
  path,
  line: null,
  byteOffset: null,
  text,
});

/** The hold of a source that is not fresh, or none (spec/tau/rollout.md §1 sample status, §3 R-STALE). */
function evidenceHold(freshness: Freshness, source: SourceName, text: string): Hold | null {
  const expected = `${freshness.path} readable, and written within the last ${describeSpan(freshness.staleAfterMs)}`;
  const hold = (rule: string, state: string, remedy: string): Hold => ({
    rule,
    title: `${source.title} ${state}`,
    expected,
    observed: freshness.detail,
    remedy,
    record:
      freshness.status === "unreadable" || freshness.status === "stale"
        ? wholeFile(freshness.path, text)
        : null,
  });
  switch (freshness.status) {
    case "fresh":
      return null;
    case "stale":
      return hold("evidence.stale", "is stale", source.remedy);
    case "unreadable":
      return hold(
        "evidence.unreadable",
        "cannot be read",
        `Mend or remove ${freshness.path}, then run a cycle.`,
      );
    case "missing":
      return hold("evidence.missing", "is gone", source.remedy);
    case "never-seen":
      return hold("evidence.never-seen", "was never seen", source.remedy);
  }
}

/** The hold of a state file that is not fresh. Its record says when it was written, or what could not be read. */
export function stateEvidenceHold(
  freshness: Freshness,
  text: string,
  health: HealthSnapshot | null,
): Hold | null {
  return evidenceHold(
    freshness,
    stateSource,
    freshness.status === "stale" ? JSON.stringify({ health }) : text,
  );
}

/** The same for a browser live summary. */
export function liveEvidenceHold(freshness: Freshness, text: string): Hold | null {
  return evidenceHold(freshness, liveSource, text);
}

/**
 * The record that decided a bad state: the newest cycle, when it tells the same story as the state file; else the
 * state file itself, because health is decided by it and not by the log (spec/tau/rollout.md §8, vector 26).
 */
function decidingRecord(health: HealthSnapshot, statePath: string, log: EventLogView): RecordReference {
  const cycle = log.lastCycle;
  const agrees =
    log.progress === null &&
    cycle !== null &&
    cycle.failureStreak === health.failure_streak &&
    cycle.failed === health.last_cycle_failed;
  return agrees && log.lastCycleRecord !== null
    ? log.lastCycleRecord
    : wholeFile(statePath, JSON.stringify({ health }));
}

/** The hold of a state that is not healthy, or none (spec/tau/health.md §2; seeds 000 and 002, guardrail interpretation). */
export function healthHold(health: HealthSnapshot, statePath: string, log: EventLogView): Hold | null {
  const { state, reason } = classifyHealth(health);
  if (state === "healthy") return null;
  const record = decidingRecord(health, statePath, log);
  return state === "failing"
    ? {
        rule: "health.failing",
        title: "Failing: three or more bad cycles in a row",
        expected: "failure_streak below 3, and no failed case in the last cycle",
        observed: reason,
        remedy:
          "Pause promotion and find out why cases keep failing; one cycle without a failed case clears it.",
        record,
      }
    : {
        rule: "health.degraded",
        title: "Degraded: the last cycle had failed cases",
        expected: "failure_streak=0 and last_cycle_failed=0",
        observed: reason,
        remedy:
          "Inspect the cycle's record, mend what failed and run again; one cycle without a failed case clears it.",
        record,
      };
}

/** A log that the reference's inspection would refuse holds the gate; one that is merely absent does not (health.md §4). */
export function logHold(log: EventLogView, notUtf8: RecordReference | null): Hold | null {
  if (log.freshness.status !== "unreadable") return null;
  return {
    rule: "evidence.unreadable",
    title: "Event log cannot be read",
    expected: `${log.freshness.path} readable, every byte UTF-8`,
    observed: log.freshness.detail,
    remedy:
      notUtf8 === null
        ? `Make ${log.freshness.path} a readable file.`
        : "Find out what wrote the bytes that are not UTF-8, then move the log aside so that a new one begins.",
    record: notUtf8 ?? wholeFile(log.freshness.path, ""),
  };
}

/** The hold of a live run that ended degraded (spec/tau/live-run.md §4; rollout.md §1: pass if and only if healthy). */
export function liveHealthHold(summary: BrowserLiveSummary, path: string): Hold | null {
  if (summary.health_state === "healthy") return null;
  const step = summary.timeline.find((entry) => entry.replay_step === "retryable_failure");
  return {
    rule: "live.degraded",
    title: "Browser live run is degraded",
    expected: "retryable_failures=0 and timeout_failures=0 in the last live run",
    observed: `retryable_failures=${summary.retryable_failures}, timeout_failures=${summary.timeout_failures}`,
    remedy:
      "Look at the failed step of the timeline, mend the page or the executor, and run the live run again.",
    record: wholeFile(path, JSON.stringify(step ?? { health_state: summary.health_state })),
  };
}
