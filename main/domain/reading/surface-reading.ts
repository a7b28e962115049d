import type { HealthSnapshot } from "#contract/health";
import type { SurfaceId } from "#contract/identity";
import type {
  BrowserLiveSummary,
  EventLogView,
  Freshness,
  Hold,
  RecordReference,
  SurfaceReading,
} from "#contract/reading";
import { classifyHealth } from "../health";
import { healthHold, liveEvidenceHold, liveHealthHold, logHold, stateEvidenceHold } from "./holds";

/** Everything read of a surface's files, each with its freshness as judged now. */
export interface SurfaceSources {
  readonly surface: SurfaceId;
  readonly state: Freshness;
  /** Beginning of the state file's text as last read, shown when it cannot be used. */
  readonly stateText: string;
  /** Last good figures; kept when the file has since gone bad. */
  readonly health: HealthSnapshot | null;
  readonly processedCaseCount: number;
  readonly log: EventLogView;
  readonly firstNotUtf8: RecordReference | null;
  /** Browser automation with a live summary; null for every other surface. */
  readonly live: { readonly freshness: Freshness; readonly summary: BrowserLiveSummary | null } | null;
  readonly liveText: string;
}

const isReadNow = (freshness: Freshness): boolean =>
  freshness.status === "fresh" || freshness.status === "stale";

/**
 * A live run has no `state.json` (spec/tau/live-run.md §4), so its summary stands in for one (rollout.md §1, browser
 * column). The streak counts the live runs since the last healthy one as far as this summary can tell: 0 or 1.
 */
function healthOfLiveRun(summary: BrowserLiveSummary, writtenUnixMs: number): HealthSnapshot {
  return {
    updated_unix_ms: writtenUnixMs,
    cycle_duration_ms: 0,
    queue_depth: 0,
    active_runs: 0,
    failure_streak: summary.health_state === "healthy" ? 0 : 1,
    last_cycle_discovered: summary.discovered_cases,
    last_cycle_processed: summary.success_cases + summary.malformed_cases + summary.retryable_failures,
    last_cycle_completed: summary.success_cases + summary.malformed_cases,
    last_cycle_failed: summary.retryable_failures,
    last_cycle_duplicates: 0,
  };
}

/**
 * Assembles what watching knows of a surface. The gate passes only when every source that counts is fresh and healthy;
 * every hold says why (spec/tau/health.md §§2 and 4; seeds 000 and 002). A log that is absent, stale or has invalid
 * lines does not hold: the reference's gate follows the state file.
 */
export function assembleReading(sources: SurfaceSources): SurfaceReading {
  const { surface, log, live } = sources;
  const liveOnly =
    sources.state.status === "never-seen" && live !== null && live.freshness.status !== "never-seen";
  const freshness = liveOnly ? live.freshness : sources.state;
  const liveHealth =
    liveOnly && live.summary !== null
      ? healthOfLiveRun(live.summary, live.freshness.writtenUnixMs ?? 0)
      : null;
  const health = liveOnly ? liveHealth : sources.health;
  const classification = health !== null && isReadNow(freshness) ? classifyHealth(health) : null;
  const holds: Hold[] = [];
  const add = (hold: Hold | null): void => {
    if (hold !== null) holds.push(hold);
  };
  if (!liveOnly) {
    add(stateEvidenceHold(freshness, sources.stateText, health));
    if (health !== null && classification !== null) add(healthHold(health, freshness.path, log));
  }
  add(logHold(log, sources.firstNotUtf8));
  if (live !== null && live.freshness.status !== "never-seen") {
    add(liveEvidenceHold(live.freshness, sources.liveText));
    if (live.summary !== null && isReadNow(live.freshness))
      add(liveHealthHold(live.summary, live.freshness.path));
  }
  const logged =
    log.progress === null && !liveOnly && log.lastHealthReason.trim() !== "" ? log.lastHealthReason : null;
  return {
    surface,
    freshness,
    healthState: classification?.state ?? "unknown",
    healthReason: classification === null ? freshness.detail : (logged ?? classification.reason),
    gate: holds.length === 0 ? "pass" : "hold",
    holds,
    health,
    processedCaseCount: sources.processedCaseCount,
    log,
    live,
  };
}
