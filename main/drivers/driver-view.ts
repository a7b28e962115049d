import { resolve } from "node:path";
import type { DriverView } from "#contract/driver";
import type { SurfaceId } from "#contract/identity";
import type { SurfaceSettings } from "#contract/settings";
import { stateDirOf } from "#domain/settings/paths";
import { quoteCommandLine } from "./command-line";
import { playlist } from "./embedded";

/** What the driver is doing, next to what its settings say. */
export type DriverActivity = Pick<
  DriverView,
  "nextRunUnixMs" | "current" | "last" | "runs" | "failedRuns"
> & {
  scheduled: boolean;
};

function stateOf(settings: SurfaceSettings, activity: DriverActivity): DriverView["state"] {
  if (activity.current !== null) return "running";
  if (settings.driver === "observe") return "observing";
  return activity.scheduled ? "scheduled" : "stopped";
}

function commandLineOf(settings: SurfaceSettings, workspacePath: string): string | null {
  if (settings.driver !== "command") return null;
  return quoteCommandLine(settings.program, settings.args, resolve(workspacePath, settings.cwd));
}

/** The driver as clients see it. */
export function describeDriver(
  surface: SurfaceId,
  settings: SurfaceSettings,
  workspacePath: string,
  activity: DriverActivity,
): DriverView {
  const runs = settings.driver === "observe" ? null : settings;
  const embedded = settings.driver === "embedded" ? settings : null;
  const { nextRunUnixMs, current, last, runs: count, failedRuns } = activity;
  return {
    kind: settings.driver,
    state: stateOf(settings, activity),
    intervalMs: runs?.intervalMs ?? null,
    nextRunUnixMs,
    stateDir: stateDirOf(surface, settings),
    runner: embedded?.runner ?? null,
    fixtures: embedded === null ? [] : [...playlist(embedded)],
    limits: embedded?.limits ?? null,
    timeoutMs: runs?.timeoutMs ?? null,
    commandLine: commandLineOf(settings, workspacePath),
    current,
    last,
    runs: count,
    failedRuns,
  };
}
