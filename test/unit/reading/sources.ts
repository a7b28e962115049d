import type { HealthSnapshot } from "#contract/health";
import type { BrowserLiveSummary, EventLogView, Freshness } from "#contract/reading";
import type { SurfaceSources } from "#domain/reading/surface-reading";

export const now = 1_771_000_000_000;
export const statePath = ".tau/dashboard/state.json";
export const logPath = ".tau/dashboard/runtime-events.jsonl";
export const livePath = ".tau/demo-browser-automation-live/browser-live-summary.json";

export const freshness = (path: string, change: Partial<Freshness> = {}): Freshness => ({
  status: "fresh",
  path,
  writtenUnixMs: now,
  readUnixMs: now,
  staleAfterMs: 900_000,
  detail: "",
  ...change,
});

export const health = (change: Partial<HealthSnapshot> = {}): HealthSnapshot => ({
  updated_unix_ms: now,
  cycle_duration_ms: 4,
  queue_depth: 0,
  active_runs: 0,
  failure_streak: 0,
  last_cycle_discovered: 3,
  last_cycle_processed: 3,
  last_cycle_completed: 3,
  last_cycle_failed: 0,
  last_cycle_duplicates: 0,
  ...change,
});

const cycle = {
  timestampUnixMs: now,
  healthState: "healthy",
  healthReason: "no recent transport failures observed",
  reasonCodes: ["widget_views_updated"],
  discovered: 3,
  queued: 3,
  applied: 3,
  duplicates: 0,
  malformed: 0,
  retryableFailures: 0,
  retries: 0,
  failed: 0,
  backlog: 0,
  failureStreak: 0,
  extra: {},
};

/** A log whose newest cycle reports `codes`; counts and figures may be changed. */
export const log = (
  change: Partial<EventLogView> = {},
  lastCycle: Partial<typeof cycle> = {},
): EventLogView => ({
  freshness: freshness(logPath),
  bytes: 4_000,
  generation: 0,
  lines: 10,
  cycles: 10,
  invalidLines: 0,
  firstInvalid: null,
  lastInvalid: null,
  lastReasonCodes: ["widget_views_updated"],
  lastHealthReason: "no recent transport failures observed",
  lastCycle: { ...cycle, ...lastCycle },
  lastCycleRecord: { path: logPath, line: 10, byteOffset: 3_600, text: "{…}" },
  reasonCodeCounts: { widget_views_updated: 10 },
  sinceMark: { widget_views_updated: 10 },
  mark: null,
  progress: null,
  ...change,
});

export const liveSummary = (change: Partial<BrowserLiveSummary> = {}): BrowserLiveSummary => ({
  discovered_cases: 3,
  success_cases: 3,
  malformed_cases: 0,
  retryable_failures: 0,
  timeout_failures: 0,
  denied_unsafe_actions: 0,
  denied_action_limit: 0,
  artifact_records: 8,
  timeline: [],
  reason_codes: ["artifact_persisted"],
  health_state: "healthy",
  ...change,
});

/** A healthy, fresh dashboard. */
export const sources = (change: Partial<SurfaceSources> = {}): SurfaceSources => ({
  surface: "dashboard",
  state: freshness(statePath),
  stateText: "",
  health: health(),
  processedCaseCount: 3,
  log: log(),
  firstNotUtf8: null,
  live: null,
  liveText: "",
  ...change,
});
