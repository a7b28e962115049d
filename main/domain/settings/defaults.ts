import type { SurfaceId } from "#contract/identity";
import type { SurfaceSettings, WorkspaceSettings } from "#contract/settings";
import { stateDirOf } from "./paths";

/** One surface's settings with nothing left open. `stateDir` is relative to the workspace unless it is absolute. */
export type CompleteSurfaceSettings = SurfaceSettings & { stateDir: string; staleAfterMs: number };

/** Nothing says how often a foreign process writes; a quarter of an hour is half of the shortest soak (seed 003). */
const observedStaleAfterMs = 15 * 60_000;

/** A surface that misses three runs in a row has stopped being live. */
const intervalsUntilStale = 3;

/**
 * Age past which the browser live summary counts as stale, milliseconds. Only a live driver renews it with every run;
 * beside any other driver the summary comes from somebody else's runs.
 */
export function liveStaleAfterMs(settings: CompleteSurfaceSettings): number {
  return settings.driver === "embedded" && settings.runner === "live"
    ? settings.staleAfterMs
    : Math.max(settings.staleAfterMs, observedStaleAfterMs);
}

/** Fills in what the settings leave open for one surface; a surface that is not named is observed. */
export function completeSurfaceSettings(
  surface: SurfaceId,
  settings: WorkspaceSettings,
): CompleteSurfaceSettings {
  const own: SurfaceSettings = settings.surfaces[surface] ?? { driver: "observe" };
  const staleAfterMs = own.driver === "observe" ? observedStaleAfterMs : intervalsUntilStale * own.intervalMs;
  return {
    ...own,
    stateDir: stateDirOf(surface, own),
    staleAfterMs: own.staleAfterMs ?? staleAfterMs,
  };
}
