import { surfaceIds, type SurfaceId } from "#contract/identity";
import type { RecordReference } from "#contract/reading";
import type { Candidate } from "#contract/rollout/command";
import type {
  ChecklistEvidence,
  HarnessEvidence,
  Instant,
  Observation,
  SurfaceSample,
} from "#contract/rollout/observation";
import { checklistItems } from "#domain/rollout/checklist";

/** Wall clock at `instantAt(0)`: 2026-02-13T15:46:40Z. */
export const startUnixMs = 1_770_997_600_000;

/** The moment `milliseconds` after the start of a test's story, on both clocks of one session. */
export const instantAt = (milliseconds: number): Instant => ({
  unixMs: startUnixMs + milliseconds,
  monotonicMs: 1_000_000 + milliseconds,
  session: "console-1",
});

/** The candidate whose evidence `healthyObservation` shows: made an hour before the story begins. */
export const testCandidate: Candidate = {
  version: "2.8.0",
  commit: "1f3a9c20b7d4e6581f3a9c20b7d4e6581f3a9c20",
  createdUnixMs: startUnixMs - 3_600_000,
};

/** The record that a whole JSON value of a file is; `byteOffset` as if it stood there. */
export const recordOf = (
  path: string,
  value: unknown,
  line: number | null = null,
  byteOffset: number | null = null,
): RecordReference => ({
  path,
  line,
  byteOffset,
  text: typeof value === "string" ? value : JSON.stringify(value),
});

const livePath = ".tau/demo-browser-automation-live/browser-live-summary.json";
const directories: Readonly<Record<SurfaceId, string>> = {
  voice: ".tau/voice",
  "browser-automation": ".tau/demo-browser-automation-live/state",
  dashboard: ".tau/dashboard",
  "custom-command": ".tau/custom-command",
  memory: ".tau/memory",
};

/** File a surface's figures are read from. */
export const samplePath = (surface: SurfaceId): string =>
  surface === "browser-automation" ? livePath : `${directories[surface]}/state.json`;

/** Log a surface's reason codes are counted in. */
export const sampleLogPath = (surface: SurfaceId): string => `${directories[surface]}/runtime-events.jsonl`;

const timelineOf = (path: string): NonNullable<SurfaceSample["timeline"]> =>
  ["navigate-demo", "snapshot-demo", "action-demo"].map((caseId, index) => ({
    caseId,
    replayStep: "success",
    statusCode: 200,
    errorCode: "",
    record: recordOf(
      path,
      { case_id: caseId, replay_step: "success", status_code: 200, error_code: "" },
      12 + index * 9,
      300 + index * 220,
    ),
  }));

/** A healthy sample of a surface, written at the very moment it is seen; its log has 12 cycles without a watched code. */
export function healthySample(
  surface: SurfaceId,
  at: Instant,
  overrides: Partial<SurfaceSample> = {},
): SurfaceSample {
  const path = samplePath(surface);
  const isBrowser = surface === "browser-automation";
  const health = {
    updated_unix_ms: at.unixMs,
    cycle_duration_ms: 4,
    queue_depth: 0,
    active_runs: 0,
    failure_streak: 0,
    last_cycle_discovered: 3,
    last_cycle_processed: 3,
    last_cycle_completed: 3,
    last_cycle_failed: 0,
    last_cycle_duplicates: 0,
  };
  return {
    surface,
    status: "ok",
    problem: "",
    path,
    healthState: "healthy",
    rolloutGate: "pass",
    failureStreak: isBrowser ? null : 0,
    lastCycleFailed: 0,
    queueDepth: 0,
    updatedUnixMs: at.unixMs,
    record: isBrowser ? recordOf(path, { health_state: "healthy" }, 1, 0) : recordOf(path, health, 3, 24),
    cycles: 12,
    counts: {},
    log: {
      path: sampleLogPath(surface),
      identity: `first-line-of-${surface}`,
      lines: 12,
      bytes: 4_800,
      problem: "",
    },
    occurrences: [],
    timeline: isBrowser ? timelineOf(path) : null,
    sameSnapshot: false,
    ...overrides,
  };
}

/** Surfaces by the names the harness gives them (spec/tau/live-run.md §1). */
export const harnessSurfaceIds = ["voice", "browser", "dashboard", "custom-command", "memory"] as const;

/** A unified harness run that passed, begun half an hour before the story. */
export function passingHarness(overrides: Partial<HarnessEvidence> = {}): HarnessEvidence {
  const path = ".tau/live-run-unified/report.json";
  const overall = { status: "passed", total_surfaces: 5, passed_surfaces: 5, failed_surfaces: 0 };
  const startedUnixMs = startUnixMs - 1_800_000;
  const commands = harnessSurfaceIds.map((surfaceId) => ({
    surfaceId,
    command: [`scripts/demo/${surfaceId}.sh`, "--repo-root", ".", "--skip-build", "--timeout-seconds", "180"],
  }));
  return {
    status: "ok",
    problem: "",
    path,
    overall,
    surfaceIds: [...harnessSurfaceIds],
    commands,
    startedUnixMs,
    manifestProblem: "",
    reportRecord: recordOf(path, { schema_version: 1, overall }, 1, 0),
    manifestRecord: recordOf(
      ".tau/live-run-unified/manifest.json",
      { schema_version: 1, started_unix_ms: startedUnixMs },
      1,
      0,
    ),
    ...overrides,
  };
}

/** A sign-off checklist with all items checked and an artifact as evidence of each. */
export function completeChecklist(overrides: Partial<ChecklistEvidence> = {}): ChecklistEvidence {
  const path = ".gatehouse/evidence/signoff-checklist.json";
  return {
    status: "ok",
    problem: "",
    path,
    items: checklistItems.map(({ id }, index) => {
      const item = { id, checked: true, evidence: [`.tau/live-run-unified/surfaces/${id}/stdout.log`] };
      return { ...item, record: recordOf(path, item, 4 + index, 60 + index * 120) };
    }),
    ...overrides,
  };
}

/** What one check sees when nothing is wrong: with `testCandidate` every rule passes. */
export function healthyObservation(at: Instant, overrides: Partial<Observation> = {}): Observation {
  const ciPath = ".gatehouse/evidence/ci.json";
  const showPath = ".gatehouse/evidence/release-channel.txt";
  const show =
    "release channel: path=.tau/release-channel.json channel=stable source=store rollback_channel=stable " +
    "rollback_version=2.7.4 rollback_reason=apply_upgrade rollback_reference_unix_ms=1770990000000";
  return {
    at,
    surfaces: surfaceIds.map((surface) => healthySample(surface, at)),
    control: {
      status: "ok",
      problem: "",
      path: ".tau/dashboard/control-state.json",
      mode: "running",
      record: recordOf(".tau/dashboard/control-state.json", { mode: "running" }, 1, 0),
    },
    harness: passingHarness(),
    ci: {
      status: "ok",
      problem: "",
      path: ciPath,
      commit: testCandidate.commit,
      conclusion: "success",
      record: recordOf(
        ciPath,
        {
          schemaVersion: 1,
          workflow: "live-smoke-matrix",
          commit: testCandidate.commit,
          conclusion: "success",
        },
        1,
        0,
      ),
    },
    releaseChannel: {
      status: "ok",
      problem: "",
      path: showPath,
      channel: "stable",
      rollbackChannel: "stable",
      rollbackVersion: "2.7.4",
      record: recordOf(showPath, show, 1, 0),
    },
    checklist: completeChecklist(),
    ...overrides,
  };
}

/** The observation with the sample of one surface changed. */
export function withSample(
  observation: Observation,
  surface: SurfaceId,
  change: Partial<SurfaceSample>,
): Observation {
  return {
    ...observation,
    surfaces: observation.surfaces.map((sample) =>
      sample.surface === surface ? { ...sample, ...change } : sample,
    ),
  };
}
