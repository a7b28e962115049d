import { dirname, join, resolve } from "node:path";
import type { SurfaceId } from "#contract/identity";
import type { Workspace } from "../../host/ports";

/** Where the evidence of one surface stands; absolute paths. */
export interface SurfaceFiles {
  /** `state.json`; for browser automation the live run's summary. */
  readonly record: string;
  readonly log: string;
}

type Settings = Pick<Workspace, "path" | "settings" | "surfaceSettings">;

const logName = "runtime-events.jsonl";

/**
 * Files of a surface by the settings in force (spec/tau/rollout.md §1, and §7 row 21: which directories were read stands
 * in every check). A live run logs into the state directory of the driver that runs it, else beside its summary.
 */
export function surfaceFiles(surface: SurfaceId, workspace: Settings): SurfaceFiles {
  const settings = workspace.surfaceSettings(surface);
  const stateDir = resolve(workspace.path, settings.stateDir);
  if (surface !== "browser-automation")
    return { record: join(stateDir, "state.json"), log: join(stateDir, logName) };
  const summary = resolve(workspace.path, workspace.settings().browserLiveSummary);
  const isLive = settings.driver === "embedded" && settings.runner === "live";
  return { record: summary, log: join(isLive ? stateDir : join(dirname(summary), "state"), logName) };
}
